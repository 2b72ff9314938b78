package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.kind.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of an action or function.
 *
 * @param writer changes the directory
 * @param kind the kind that it belongs to
 * @param table what the kind's table says about it
 * @param node the object that it is called on; absent when it is called on all of them
 * @param parent the object under whose rows it is called; absent elsewhere
 * @param body what the caller sent
 * @param arguments what stands in the brackets of a function
 */
public record ActionCall(
        TenantWriter writer,
        Kind kind,
        JsonNode table,
        @Nullable Node node,
        @Nullable Node parent,
        ObjectNode body,
        Map<String, String> arguments) {

    public Tenant tenant() {
        return writer.tenant();
    }

    public Node mustNode() {
        if (node == null) {
            throw GraphRefusal.badQuery("The operation must be called on one object.");
        }
        return node;
    }
}
