package io.tidemark.simulator.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Node;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One object on a page of changes.
 *
 * @param node the object
 * @param told what changed of it; absent when it is told for the first time
 * @param from the first end of its links that is told then
 * @param to the end behind the last one
 */
record DeltaEntry(Node node, @Nullable Told told, int from, int to) {

    /** What changed of one object. */
    static final class Told {
        boolean whole;
        final Set<String> properties = new LinkedHashSet<>();
        final Map<String, Map<Node, Boolean>> links = new LinkedHashMap<>();
    }

    /** Writes its members; only what changed if little is enough. */
    void write(JsonGenerator out, Projection projection, List<Relation> relations, boolean minimal) throws IOException {
        if (!node.live()) {
            out.writeStringField("id", node.id());
            out.writeObjectFieldStart("@removed");
            out.writeStringField("reason", node.state() == Node.State.DELETED ? "changed" : "deleted");
            out.writeEndObject();
            return;
        }
        if (told != null && minimal && !told.whole) {
            out.writeStringField("id", node.id());
            projection.writeOnly(out, node.entity(), told.properties);
        } else {
            projection.writeId(out, node.entity());
            projection.writeSet(out, node.entity());
        }
        for (Relation relation : relations) {
            if (told == null || told.whole) {
                List<Node> targets = node.targets(relation.via());
                int first = told == null ? Math.min(from, targets.size()) : 0;
                int last = told == null ? Math.min(to, targets.size()) : targets.size();
                ends(
                        out,
                        relation,
                        targets.subList(first, last),
                        told == null ? null : told.links.get(relation.name()));
            } else {
                Map<Node, Boolean> changed = told.links.get(relation.name());
                if (changed != null) {
                    ends(out, relation, List.of(), changed);
                }
            }
        }
    }

    private static void ends(
            JsonGenerator out, Relation relation, List<Node> present, @Nullable Map<Node, Boolean> changed)
            throws IOException {
        if (present.isEmpty() && (changed == null || changed.isEmpty())) {
            return;
        }
        out.writeArrayFieldStart(relation.name() + "@delta");
        for (Node target : present) {
            if (target.live()) {
                end(out, target, true);
            }
        }
        if (changed != null) {
            for (Map.Entry<Node, Boolean> one : changed.entrySet()) {
                // A member in the recycle bin is not told as removed until it is gone for good.
                boolean hidden = one.getKey().state() == Node.State.DELETED && one.getValue();
                if (!hidden && !(one.getValue() && present.contains(one.getKey()))) {
                    end(out, one.getKey(), one.getValue());
                }
            }
        }
        out.writeEndArray();
    }

    private static void end(JsonGenerator out, Node target, boolean present) throws IOException {
        out.writeStartObject();
        out.writeStringField("@odata.type", "#microsoft.graph." + target.kind().type());
        out.writeStringField("id", target.id());
        if (!present) {
            out.writeObjectFieldStart("@removed");
            out.writeStringField("reason", "deleted");
            out.writeEndObject();
        }
        out.writeEndObject();
    }
}
