package io.tidemark.diff.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Asks snapshot-service for captures. */
@ApplicationScoped
class HttpLiveTenant implements LiveTenant {

    private static final int ACCEPTED = 202;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI snapshotService;

    HttpLiveTenant(
            @ConfigProperty(name = "tidemark.services.snapshot-url", defaultValue = "http://127.0.0.1:8081")
                    URI snapshotService) {
        this.snapshotService = snapshotService;
    }

    @Override
    public String capture(TenantId tenant) {
        HttpRequest request = HttpRequest.newBuilder(snapshotService.resolve("/api/v1/tenants/" + tenant + "/captures"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"mode\":\"INCREMENTAL\",\"label\":\"for a difference report\"}"))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
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
