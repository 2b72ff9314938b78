package io.tidemark.diff.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Lists snapshots. */
@Path("/api/v1/tenants/{tenant}/snapshots")
@Produces(MediaType.APPLICATION_JSON)
class SnapshotResource {

    private final SnapshotStore snapshots;

    SnapshotResource(SnapshotStore snapshots) {
        this.snapshots = snapshots;
    }

    /** A snapshot as shown. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SnapshotView(
            String snapshotId,
            String tenantId,
            Snapshot.State state,
            String mode,
            @Nullable String label,
            boolean pinned,
            Instant startedAt,
            @Nullable Instant instant,
            Map<String, Long> counts,
            List<String> suspect,
            @Nullable String reason,
            @Nullable Instant sealedAt) {

        static SnapshotView of(Snapshot snapshot) {
            return new SnapshotView(
                    snapshot.id(),
                    snapshot.tenant().toString(),
                    snapshot.state(),
                    snapshot.capture().mode().name(),
                    snapshot.capture().label(),
                    snapshot.capture().pinned(),
                    snapshot.capture().startedAt(),
                    snapshot.instant(),
                    snapshot.counts(),
                    snapshot.suspect(),
                    snapshot.reason(),
                    snapshot.sealedAt());
        }
    }

    /** One page of snapshots. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SnapshotPage(
            List<SnapshotView> snapshots, @Nullable String next) {}

    @GET
    public SnapshotPage list(
            @RestPath String tenant,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        SnapshotStore.Page page =
                snapshots.list(Requests.tenant(tenant), Requests.limit(limit), cursor == null ? null : decoded(cursor));
        return new SnapshotPage(
                page.snapshots().stream().map(SnapshotView::of).toList(),
                page.next() == null ? null : encoded(page.next()));
    }

    @GET
    @Path("/{id}")
    public SnapshotView find(@RestPath String tenant, @RestPath String id) {
        return snapshots
                .find(Requests.tenant(tenant), id)
                .map(SnapshotView::of)
                .orElseThrow(() -> ProblemException.notFound("unknown-snapshot", "the snapshot is not known"));
    }

    private static String encoded(String cursor) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("invalid-cursor", "'cursor' is not one of ours");
        }
    }
}
