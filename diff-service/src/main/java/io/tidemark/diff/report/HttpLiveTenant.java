package io.tidemark.diff.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.diff.upstream.SnapshotService;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks snapshot-service for captures. */
@ApplicationScoped
class HttpLiveTenant implements LiveTenant {

    private static final int ACCEPTED = 202;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SnapshotService snapshotService;

    HttpLiveTenant(SnapshotService snapshotService) {
        this.snapshotService = snapshotService;
    }

    @Override
    public String capture(TenantId tenant) {
        try {
            HttpResponse<String> answer = snapshotService.send(
                    "/api/v1/tenants/" + tenant + "/captures",
                    PATIENCE,
                    request -> request.header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(
                                    "{\"mode\":\"INCREMENTAL\",\"label\":\"for a difference report\"}")),
                    BodyHandlers.ofString());
            if (answer.statusCode() != ACCEPTED && answer.statusCode() != 200) {
                throw new ReportException(
                        "snapshot-service refused to capture the live tenant: status " + answer.statusCode());
            }
            return captureId(answer.body());
        } catch (IOException e) {
            throw new ReportException("snapshot-service could not be reached to capture the live tenant", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReportException("interrupted while asking for a capture of the live tenant", e);
        }
    }

    private static String captureId(String body) throws JsonProcessingException {
        @Nullable
        String id = MessageCodec.mapper().readTree(body).path("captureId").asText(null);
        if (id == null || id.isBlank()) {
            throw new ReportException("snapshot-service accepted a capture and did not name it");
        }
        return id;
    }
}
