package io.tidemark.graph.read;

import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One page of a collection, whole: a page that is cut off is never handed on in part. */
record Page(List<JsonObject> objects, Optional<String> nextLink, Optional<String> deltaLink) {

    static Page of(GraphResponse response) {
        return of(GraphConnection.success(response));
    }

    /** The page, if it is the only one; empty if there are more, or it cannot be read: then the list is to be read alone. */
    static Optional<Page> only(JsonObject body) {
        try {
            return Optional.of(of(body)).filter(page -> page.nextLink().isEmpty());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Page of(JsonObject body) {
        JsonValue value = body.find("value").orElseThrow(() -> new IllegalArgumentException("a page has no value"));
        if (!(value instanceof JsonArray array)) {
            throw new IllegalArgumentException("a page's value is no array");
        }
        List<JsonObject> objects = new ArrayList<>(array.elements().size());
        for (JsonValue element : array.elements()) {
            if (!(element instanceof JsonObject object)) {
                throw new IllegalArgumentException("a page holds something that is no object");
            }
            objects.add(object);
        }
        return new Page(objects, body.findString("@odata.nextLink"), body.findString("@odata.deltaLink"));
    }
}
