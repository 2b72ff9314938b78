package io.tidemark.simulator.kind;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How objects of one kind reach others.
 *
 * @param name as in the path
 * @param form where the reached objects come from
 * @param via the stored relation that is followed, or the property of the rows that names this object
 * @param targets tables whose objects may be linked, or the table of the rows
 * @param single whether at most one object is reached
 * @param writable whether links can be made and removed with {@code $ref}
 * @param readOnly whether nothing can be made or removed through it
 * @param creates tables whose objects can be made through it
 * @param inline whether the reached objects are shown within this one without being asked for
 * @param lastStays whether the last link cannot be removed
 * @param added activity of the audit log when a link is made
 * @param removed activity of the audit log when a link is removed
 */
public record Relation(
        String name,
        Form form,
        String via,
        List<String> targets,
        boolean single,
        boolean writable,
        boolean readOnly,
        List<String> creates,
        boolean inline,
        boolean lastStays,
        @Nullable String added,
        @Nullable String removed) {

    /** Where the reached objects come from. */
    public enum Form {
        /** Links that start here. */
        STORED,
        /** Links that end here. */
        INVERSE,
        /** Stored links, followed to the end. */
        TRANSITIVE,
        /** Inverse links, followed to the end. */
        TRANSITIVE_INVERSE,
        /** Rows of another table that name this object. */
        ROWS,
        /** Rows of another table that live under this object. */
        CHILDREN,
        /** The object that a property of this one names. */
        NAMED,
        /** Made up on reading from what else is known. */
        COMPUTED,
        /** The elements of a list within a property of this one. */
        EMBEDDED,
        /** All objects of another table. */
        ALL,
        /** The objects whose names lie in this domain. */
        DOMAIN,
        /** The domain above this one. */
        ROOT
    }

    static Relation parse(String name, JsonNode table) {
        List<String> targets = new ArrayList<>();
        table.path("to").forEach(t -> targets.add(t.asText()));
        List<String> creates = new ArrayList<>();
        table.path("creates").forEach(t -> creates.add(t.asText()));
        Form form = Form.valueOf(table.path("form").asText("STORED"));
        return new Relation(
                name,
                form,
                table.path("via").asText(name).intern(),
                List.copyOf(targets),
                table.path("single").asBoolean(),
                form == Form.STORED && !table.path("readOnly").asBoolean(),
                table.path("readOnly").asBoolean(),
                List.copyOf(creates),
                table.path("inline").asBoolean(),
                table.path("lastStays").asBoolean(),
                textOrNull(table.get("added")),
                textOrNull(table.get("removed")));
    }

    /** Whether its objects live in rows of their own: made by a body, not by a reference. */
    public boolean rows() {
        return form == Form.ROWS || form == Form.CHILDREN;
    }

    private static @Nullable String textOrNull(@Nullable JsonNode node) {
        return node == null ? null : node.asText();
    }
}
