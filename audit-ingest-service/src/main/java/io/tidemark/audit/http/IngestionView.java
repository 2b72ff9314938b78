package io.tidemark.audit.http;

import io.tidemark.audit.source.IngestionState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a tenant's audit log has been read.
 *
 * @param tenantId the tenant
 * @param watermark the time of the newest entry seen
 * @param coverage the spans that were read without a hole
 * @param gaps the spans that nobody can read any more
 * @param lastPollAt when a poll last ended well
 * @param events how many entries were taken in
 * @param lagSeconds how long ago the covered time ends; null before the first poll
 */
record IngestionView(
        String tenantId,
        @Nullable Instant watermark,
        List<IngestionState.Coverage> coverage,
        List<IngestionState.Gap> gaps,
        @Nullable Instant lastPollAt,
        long events,
        @Nullable Long lagSeconds) {}
