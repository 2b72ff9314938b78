package io.tidemark.restore.source;

import io.tidemark.contracts.MessageCodec;
import io.tidemark.contracts.Selection;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonBoolean;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonNumber;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.restore.plan.IncompleteHistoryException;
import io.tidemark.restore.plan.Presence;
import io.tidemark.restore.plan.WantedState;
import io.tidemark.restore.plan.WantedStates;
import io.tidemark.runtime.neighbour.Neighbour;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** History over HTTP, as diff-service tells it: one state a line, and a last line without which nothing counts. */
public final class HttpWantedStates implements WantedStates {

    private static final String SNAPSHOT = "snapshot:";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Neighbour diffService;

    public HttpWantedStates(URI diffService) {
        this.diffService = new Neighbour(diffService);
    }

    @Override
    public Instant read(TenantId tenant, String baseline, Selection selection, Consumer<WantedState> sink) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("moment", baseline);
        body.put("selection", selection);
        HttpResponse<InputStream> response = send(
                path(tenant, "wanted-states"),
                request -> request.header("Content-Type", "application/json")
                        .header("Accept", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(json(body))),
                "wanted states");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            return readLines(lines, sink);
        } catch (IOException | UncheckedIOException e) {
            throw new IncompleteHistoryException("wanted states were cut off", e);
        }
    }

    @Override
    public Optional<JsonObject> latest(TenantId tenant, StateKey object) {
        return object(
                        path(tenant, "objects/" + object.type() + "/" + object.id() + "?at=latest"),
                        "an object's latest state")
                .find("body")
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
    }

    @Override
    public Map<ObjectKind, Long> counts(TenantId tenant, String baseline) {
        Map<ObjectKind, Long> counts = new EnumMap<>(ObjectKind.class);
        if (baseline.startsWith(SNAPSHOT)) {
            JsonObject answer =
                    object(path(tenant, "snapshots/" + baseline.substring(SNAPSHOT.length())), "a snapshot");
            if (answer.find("counts").orElse(JsonNull.NULL) instanceof JsonObject given) {
                for (ObjectKind kind : ObjectKind.values()) {
                    if (given.find(kind.word()).orElse(JsonNull.NULL) instanceof JsonNumber number) {
                        counts.put(kind, number.value().longValue());
                    }
                }
            }
        }
        return counts;
    }

    private JsonObject object(String path, String what) {
        try (InputStream body = send(path, request -> request.header("Accept", "application/json"), what)
                .body()) {
            return (JsonObject) JsonText.parse(body);
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw new IncompleteHistoryException(what + " could not be read", e);
        }
    }

    private static Instant readLines(BufferedReader lines, Consumer<WantedState> sink) throws IOException {
        long count = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            JsonObject json = parsed(line);
            if (json.find("end").orElse(JsonBoolean.FALSE) == JsonBoolean.TRUE) {
                return end(json, count);
            }
            sink.accept(state(json));
            count++;
        }
        throw new IncompleteHistoryException("wanted states end without their last line after " + count);
    }

    private static Instant end(JsonObject json, long count) {
        if (!(json.find("count").orElse(JsonNull.NULL) instanceof JsonNumber number)
                || number.value().longValue() != count) {
            throw new IncompleteHistoryException("wanted states came " + count + " of another number");
        }
        return json.findString("instant")
                .map(Instant::parse)
                .orElseThrow(() -> new IncompleteHistoryException("wanted states do not say for which instant"));
    }

    private static JsonObject parsed(String line) {
        try {
            return JsonText.parseObject(line);
        } catch (IllegalArgumentException e) {
            throw new IncompleteHistoryException("a wanted state is broken", e);
        }
    }

    private static WantedState state(JsonObject json) {
        StateKey key = new StateKey(required(json, "type"), required(json, "id"));
        Presence wanted = required(json, "wanted").equals("PRESENT") ? Presence.PRESENT : Presence.NEVER;
        @Nullable
        JsonObject body = json.find("body").orElse(JsonNull.NULL) instanceof JsonObject object ? object : null;
        if (wanted.isPresent() && body == null && !key.isLink()) {
            throw new IncompleteHistoryException("a wanted " + key.type() + " has no body");
        }
        return new WantedState(
                key,
                key,
                wanted,
                wanted.isPresent() && body == null ? JsonObject.EMPTY : body,
                Presence.valueOf(required(json, "latest")),
                json.findString("latestHash").orElse(null),
                null,
                paths(json));
    }

    /** The only properties that are meant; none means all. */
    private static Set<String> paths(JsonObject json) {
        Set<String> paths = new HashSet<>();
        if (json.find("paths").orElse(JsonNull.NULL) instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                if (element instanceof JsonString path) {
                    paths.add(path.value());
                }
            }
        }
        return paths;
    }

    private static String required(JsonObject json, String name) {
        return json.findString(name).orElseThrow(() -> new IncompleteHistoryException("a wanted state has no " + name));
    }

    private static String path(TenantId tenant, String below) {
        return "/api/v1/tenants/" + tenant + "/" + below;
    }

    private HttpResponse<InputStream> send(String path, UnaryOperator<HttpRequest.Builder> request, String what) {
        try {
            HttpResponse<InputStream> response =
                    diffService.send(path, PATIENCE, request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                try (InputStream refused = response.body()) {
                    throw new IncompleteHistoryException("diff-service answered " + response.statusCode()
                            + " when asked for " + what + detail(refused));
                }
            }
            return response;
        } catch (IOException e) {
            throw new IncompleteHistoryException("diff-service could not be asked for " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IncompleteHistoryException("interrupted while asking for " + what, e);
        }
    }

    private static String detail(InputStream refused) {
        try {
            return JsonText.parse(refused) instanceof JsonObject problem
                    ? problem.findString("detail").map(detail -> ": " + detail).orElse("")
                    : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static byte[] json(Map<String, Object> body) {
        try {
            return MessageCodec.mapper().writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
