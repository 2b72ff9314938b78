package io.tidemark.diff.upstream;

import io.tidemark.contracts.BodyClaim;
import io.tidemark.runtime.neighbour.Neighbour;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Snapshot-service over HTTP. */
@Singleton
public class SnapshotService {

    private final Neighbour neighbour;

    public SnapshotService(
            @ConfigProperty(name = "tidemark.services.snapshot-url", defaultValue = "http://127.0.0.1:8081")
                    URI address) {
        this.neighbour = new Neighbour(address);
    }

    /** Where the body stands that a claim is made on. */
    public static String pathOf(String tenant, BodyClaim claim) {
        return "/api/v1/tenants/" + tenant + "/bodies/" + claim.sha256();
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @throws IOException if it cannot be reached or does not answer within the patience
     */
    public <T> HttpResponse<T> send(
            String path, Duration patience, UnaryOperator<HttpRequest.Builder> request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        return neighbour.send(path, patience, request, body);
    }
}
