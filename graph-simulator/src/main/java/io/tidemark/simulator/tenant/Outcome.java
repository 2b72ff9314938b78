package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an action or function answers.
 *
 * @param status the HTTP status
 * @param value a value that is not an object of the directory; absent if there is none
 * @param context what describes the value
 * @param nodes objects to be shown
 * @param many whether they are shown as a list
 * @param location where the result will be; absent if the answer is the result
 */
public record Outcome(
        int status,
        @Nullable JsonNode value,
        String context,
        List<Node> nodes,
        boolean many,
        @Nullable String location) {

    public static Outcome empty(int status) {
        return new Outcome(status, null, "", List.of(), false, null);
    }

    public static Outcome value(String context, JsonNode value) {
        return new Outcome(200, value, context, List.of(), false, null);
    }

    public static Outcome one(int status, Node node) {
        return new Outcome(status, null, "", List.of(node), false, null);
    }

    public static Outcome many(List<Node> nodes) {
        return new Outcome(200, null, "", nodes, true, null);
    }

    public static Outcome accepted(String location) {
        return new Outcome(202, null, "", List.of(), false, location);
    }
}
