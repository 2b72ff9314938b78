package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One effect that one request had.
 *
 * @param sequence its place in the ledger, from 1
 * @param time when
 * @param method the HTTP method
 * @param path the path with its query
 * @param clientRequestId what the client called the request
 * @param appId the application that asked
 * @param status the status that the request was answered with, whether or not the answer arrived
 * @param effect what happened
 * @param collection the table of the object that changed
 * @param objectId the object that changed
 * @param relation the relation, for links
 * @param targetId the other end, for links
 * @param earlier the object before
 * @param later the object after
 * @param bodyHash SHA-256 of the request's body, hex
 */
public record LedgerEntry(
        long sequence,
        Instant time,
        String method,
        String path,
        @Nullable String clientRequestId,
        String appId,
        int status,
        Effect.Type effect,
        String collection,
        String objectId,
        @Nullable String relation,
        @Nullable String targetId,
        @Nullable Entity earlier,
        @Nullable Entity later,
        String bodyHash) {

    /** The object before, as JSON. */
    public @Nullable JsonNode before() {
        return shown(earlier);
    }

    /** The object after, as JSON. */
    public @Nullable JsonNode after() {
        return shown(later);
    }

    private static @Nullable JsonNode shown(@Nullable Entity entity) {
        return entity == null ? null : entity.toJson().without("passwordProfile");
    }

    /** The entry as the control API shows it. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("seq", sequence);
        json.put("time", time.toString());
        json.put("method", method);
        json.put("path", path);
        json.put("clientRequestId", clientRequestId);
        json.put("appId", appId);
        json.put("status", status);
        json.put("effect", effect.name());
        json.put("collection", collection);
        json.put("objectId", objectId);
        json.put("relation", relation);
        json.put("targetId", targetId);
        json.set("before", before());
        json.set("after", after());
        json.put("bodyHash", bodyHash);
        return json;
    }

    @Override
    public String toString() {
        return "LedgerEntry[seq=" + sequence + ", " + effect + " " + collection + "/" + objectId + ", " + method + " "
                + path + "]";
    }
}
