package io.tidemark.snapshot.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.runtime.neighbour.Neighbour;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Asks diff-service, a page at a time. */
@ApplicationScoped
class HttpLiveHistory implements LiveHistory {

    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Neighbour diffService;

    HttpLiveHistory(
            @ConfigProperty(name = "tidemark.services.diff-url", defaultValue = "http://127.0.0.1:8083") URI address) {
        this.diffService = new Neighbour(address);
    }

    @Override
    public Standing standing(TenantId tenant) {
        JsonNode answer = json(get("/api/v1/tenants/" + tenant + "/live-keys/standing"));
        String newest = answer.path("newest").asText("");
        try {
            return new Standing(
                    newest.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(newest)),
                    answer.path("mismatched").asBoolean(false),
                    answer.path("importing").asBoolean(false));
        } catch (DateTimeException e) {
            throw new HistoryException("diff-service named a moment that is none", e);
        }
    }

    @Override
    public void eachLive(TenantId tenant, BiConsumer<StateKey, ContentHash> sink) {
        String path = "/api/v1/tenants/" + tenant + "/live-keys";
        Optional<String> next = page(path, sink);
        while (next.isPresent()) {
            next = page(path + "?cursor=" + next.get(), sink);
        }
    }

    /** Hands on one page and gives the cursor of the next. The last line of each says how it goes on, so a page that was cut off is noticed. */
    private Optional<String> page(String path, BiConsumer<StateKey, ContentHash> sink) {
        @Nullable JsonNode last = null;
        for (String line : get(path).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            if (last != null) {
                throw new HistoryException("diff-service's list goes on after its end");
            }
            JsonNode read = json(line);
            if (read.has("type")) {
                hand(read, sink);
            } else {
                last = read;
            }
        }
        if (last == null) {
            throw new HistoryException("diff-service's list broke off");
        }
        String next = last.path("next").asText("");
        return next.isEmpty() ? Optional.empty() : Optional.of(next);
    }

    private static void hand(JsonNode line, BiConsumer<StateKey, ContentHash> sink) {
        StateKey key;
        ContentHash hash;
        try {
            key = new StateKey(line.path("type").asText(), line.path("id").asText());
            hash = new ContentHash(line.path("hash").asText());
        } catch (IllegalArgumentException e) {
            throw new HistoryException("diff-service named a key that is none", e);
        }
        sink.accept(key, hash);
    }

    private String get(String path) {
        try {
            HttpResponse<String> answer = diffService.send(path, PATIENCE, request -> request, BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new HistoryException("diff-service answered with status " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new HistoryException("diff-service could not be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HistoryException("interrupted while asking diff-service", e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return MessageCodec.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new HistoryException("diff-service sent something that is no JSON", e);
        }
    }
}
