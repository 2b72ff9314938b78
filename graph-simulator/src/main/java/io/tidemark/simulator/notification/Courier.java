package io.tidemark.simulator.notification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.GraphRefusal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Brings messages to those who subscribed, one after the other and again if they do not answer. */
final class Courier implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Courier.class.getName());
    private static final Duration VALIDATION = Duration.ofSeconds(10);
    private static final Duration DELIVERY = Duration.ofSeconds(30);
    private static final int MOST_TRIES = 4;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "notifications");
        made.setDaemon(true);
        return made;
    });
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(VALIDATION)
            .build();

    /** Refuses an address that does not say back what it is told. */
    void validate(URI address, String token) {
        String separator = address.getRawQuery() == null ? "?" : "&";
        URI asked =
                URI.create(address + separator + "validationToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(asked)
                .timeout(VALIDATION)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw refused("Subscription validation request failed. Notification endpoint must respond with 200 OK"
                        + " to validation request.");
            }
            if (!answer.body().equals(token)) {
                throw refused("Subscription validation request failed. Response must exactly match validationToken"
                        + " query parameter.");
            }
        } catch (HttpTimeoutException late) {
            throw refused("Subscription validation request timed out.");
        } catch (IOException unreachable) {
            throw refused("Subscription validation request failed. Notification endpoint could not be reached.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused("Subscription validation request failed.");
        }
    }

    private static GraphRefusal refused(String message) {
        return new GraphRefusal(400, "ValidationError", message);
    }

    /** Sends a message soon; what is to be done if nobody takes it is done then. */
    void send(URI address, ObjectNode message, Runnable missed) {
        send(address, Json.bytes(message), 1, missed);
    }

    private void send(URI address, byte[] message, int attempt, Runnable missed) {
        long delay = attempt == 1 ? 0 : 1L << attempt;
        try {
            var unused = thread.schedule(() -> attempt(address, message, attempt, missed), delay, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.DEBUG, "A notification was not sent because the simulator stopped");
        }
    }

    private void attempt(URI address, byte[] message, int number, Runnable missed) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(DELIVERY)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofByteArray(message))
                .build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status >= 200 && status < 300) {
                return;
            }
            LOG.log(System.Logger.Level.INFO, "A notification was not accepted status={0}", status);
        } catch (IOException unreachable) {
            LOG.log(System.Logger.Level.INFO, "A notification was not delivered attempt={0}", number);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (number < MOST_TRIES) {
            send(address, message, number + 1, missed);
        } else {
            missed.run();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
