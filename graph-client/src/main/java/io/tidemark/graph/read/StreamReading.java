package io.tidemark.graph.read;

import io.tidemark.directory.ObjectId;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonNumber;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.graph.transport.Address;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphException.Reason;
import io.tidemark.graph.transport.GraphRequest;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the streams of what hangs on objects. Each costs a request of its own, which is only sent where Graph says that there is one: what has
 * a {@code …RelativeUrl} of nothing has no such stream.
 */
final class StreamReading {

    private static final String URL_OF = "RelativeUrl";
    private static final String JSON = "application/json";

    private final GraphConnection connection;
    private final ChildReading.Lister lister;

    StreamReading(GraphConnection connection, ChildReading.Lister lister) {
        this.connection = connection;
        this.lister = lister;
    }

    /** Tells every stream of what hangs on an object as one thing that hangs on it. */
    void read(KindDescription kind, ObjectId parent, ChildSink sink) {
        List<JsonObject> holders = new ArrayList<>();
        String list = KindAddress.children(kind, parent);
        try {
            Listing unused = lister.list(list, new ObjectSink() {
                @Override
                public void accept(JsonObject holder) {
                    holders.add(holder);
                }

                @Override
                public void restarted() {
                    holders.clear();
                }
            });
        } catch (GraphException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            sink.missing(parent);
            return;
        }
        for (JsonObject holder : holders) {
            String locale = holder.findString("id")
                    .orElseThrow(() -> GraphException.unreadable("an object of a list has no id"));
            for (String name : kind.reach().streams()) {
                if (mayHave(holder, name)) {
                    stream(Address.of(list, locale, name), locale, name).ifPresent(one -> sink.accept(parent, one));
                }
            }
        }
    }

    private static boolean mayHave(JsonObject holder, String name) {
        Optional<JsonValue> url = holder.find(name + URL_OF);
        return url.isEmpty() || !url.get().equals(JsonNull.NULL) && !url.get().equals(new JsonString(""));
    }

    /** One stream; empty if it was never set: then Graph answers with nothing, or with an empty object. */
    private Optional<JsonObject> stream(String url, String locale, String name) {
        try {
            return connection.stream(
                    GraphRequest.get(url).withHeader("Accept", "*/*"), InputStream::readAllBytes, (response, bytes) -> {
                        String type = response.header("content-type").orElse("");
                        return bytes.length == 0 || type.startsWith(JSON)
                                ? Optional.empty()
                                : Optional.of(body(locale, name, type, bytes));
                    });
        } catch (GraphException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static JsonObject body(String locale, String name, String type, byte[] bytes) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("id", new JsonString(locale + ":" + name));
        members.put("locale", new JsonString(locale));
        members.put("name", new JsonString(name));
        members.put("contentType", new JsonString(type));
        members.put("size", new JsonNumber(Integer.toString(bytes.length)));
        members.put("content", new JsonString(Base64.getEncoder().encodeToString(bytes)));
        return new JsonObject(members);
    }
}
