package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.IntFunction;

/** Takes the first content of a tenant. Nothing told here is audited, throttled or written to the ledger. */
public interface SeedSink {

    /**
     * Takes one object in Graph's own shape, with its {@code id}.
     *
     * @param collection the name of its table: users, groups, applications, servicePrincipals,
     *     conditionalAccessPolicies, namedLocations, roleAssignments, roleDefinitions, …
     */
    void object(String collection, ObjectNode graphShapedObject);

    /** Takes many objects of one table, each made from its number alone, so that several can be made at a time. */
    default void objects(String collection, int count, IntFunction<ObjectNode> made) {
        for (int number = 0; number < count; number++) {
            object(collection, made.apply(number));
        }
    }

    /**
     * Takes one link.
     *
     * @param collection the table of the object that the link leaves
     * @param relation members, owners, manager, …
     */
    void link(String collection, String sourceId, String relation, String targetId);

    /**
     * Takes one of many links between objects that have all been told. They are made in their order, before the next object is taken or
     * at the end, so that the ends of many can be looked up at a time; an end that is missing is told no sooner.
     */
    default void linkLater(String collection, String sourceId, String relation, String targetId) {
        link(collection, sourceId, relation, targetId);
    }

    /** Takes many links between objects that {@link #objects} took, in the order of their numbers. An end that is missing is told no sooner. */
    default void links(NumberedLinks links) {
        links.tell(this);
    }

    /** Takes the hash of the secret of a key, by its id, or of a caller, by its application id. */
    default void secret(String holder, SealedSecret secret) {}

    /** Takes a caller: somebody for whom tokens can be issued. */
    void appRegistration(ClientRegistration registration);
}
