package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Graph demands of one kind beyond its table. Checks refuse by throwing; they change nothing but the body. */
public interface KindRules {

    /** Checks a new object that lives under another one, and fills what the server decides. */
    default void beforeCreate(TenantWriter writer, Kind kind, Body body, @Nullable Node parent) {
        beforeCreate(writer, kind, body);
    }

    /** Checks a new object and fills what the server decides. */
    default void beforeCreate(TenantWriter writer, Kind kind, Body body) {}

    /** Does what follows a creation. */
    default void afterCreate(TenantWriter writer, Node node) {}

    /** Checks a change. */
    default void beforeUpdate(TenantWriter writer, Node node, Body body) {}

    /** Does what follows a change. */
    default void afterUpdate(TenantWriter writer, Node node, Body body) {}

    /** Checks a deletion. */
    default void beforeDelete(TenantWriter writer, Node node) {}

    /** Does what follows a deletion. */
    default void afterDelete(TenantWriter writer, Node node) {}

    /** Whether this object goes to the bin of its kind. */
    default boolean recoverable(Node node) {
        return true;
    }

    /** Sets what a deleted object shows differently. */
    default void markDeleted(Node node, Map<String, JsonNode> marks) {}

    /** Takes back what a deleted object showed differently. */
    default void markRestored(Node node, Map<String, JsonNode> marks) {}

    /** Checks a restore. */
    default void beforeRestore(TenantWriter writer, Node node, Entity after) {}

    /** Checks a purge. */
    default void beforePurge(TenantWriter writer, Node node) {}

    /** Checks that a link may be made or removed. */
    default void beforeLink(TenantWriter writer, Node node, Relation relation, Node target) {}

    /** Does what follows a link that was made or removed. */
    default void afterLink(TenantWriter writer, Node node, Relation relation, Node target) {}

    /** Does what follows a restore. */
    default void afterRestore(TenantWriter writer, Node node) {}

    /** Refuses a value that belongs to another object. */
    default GraphRefusal taken(String property, String value) {
        return GraphRefusal.conflict(property);
    }
}
