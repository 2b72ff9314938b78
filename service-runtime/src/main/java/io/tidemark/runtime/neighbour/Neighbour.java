package io.tidemark.runtime.neighbour;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Another service of ours, over HTTP. */
public final class Neighbour {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final String root;

    /**
     * Names it; it need not be there yet.
     *
     * @param address where its paths begin, with or without a slash at the end
     */
    public Neighbour(URI address) {
        this.root = address.toString().replaceAll("/+$", "");
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param path below its address, from the slash on, with the query if there is one
     * @param patience how long an answer may take to begin
     * @param request what to add to a plain GET
     * @throws IOException if it cannot be reached or does not answer within the patience
     */
    public <T> HttpResponse<T> send(
            String path, Duration patience, UnaryOperator<HttpRequest.Builder> request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        HttpRequest.Builder plain =
                HttpRequest.newBuilder(URI.create(root + path)).timeout(patience);
        return client.send(request.apply(plain).build(), body);
    }
}
