package io.tidemark.directory.comparison;

import io.tidemark.directory.Link;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What happened to one object or link between two states of a tenant. */
public sealed interface Change {

    /** What it happened to. */
    StateKey key();

    /** The change that takes the tenant back. */
    Change reversed();

    /** Makes the change on a mutable copy of a state. */
    void applyTo(Map<ObjectRef, JsonObject> objects, Set<Link> links);

    /** The object is there now and was not before. */
    record Created(ObjectRef object, JsonObject after) implements Change {
        @Override
        public StateKey key() {
            return object.key();
        }

        @Override
        public Change reversed() {
            return new Deleted(object, after);
        }

        @Override
        public void applyTo(Map<ObjectRef, JsonObject> objects, Set<Link> links) {
            objects.put(object, after);
        }
    }

    /** The object was there before and is not now. */
    record Deleted(ObjectRef object, JsonObject before) implements Change {
        @Override
        public StateKey key() {
            return object.key();
        }

        @Override
        public Change reversed() {
            return new Created(object, before);
        }

        @Override
        public void applyTo(Map<ObjectRef, JsonObject> objects, Set<Link> links) {
            objects.remove(object);
        }
    }

    /** The object is there in both states and some of its properties differ. */
    record Altered(ObjectRef object, List<PropertyChange> properties) implements Change {
        public Altered {
            properties = List.copyOf(properties);
        }

        @Override
        public StateKey key() {
            return object.key();
        }

        @Override
        public Change reversed() {
            return new Altered(
                    object, properties.stream().map(PropertyChange::reversed).toList());
        }

        @Override
        public void applyTo(Map<ObjectRef, JsonObject> objects, Set<Link> links) {
            objects.computeIfPresent(object, (ref, state) -> ObjectDiffer.apply(state, properties));
        }
    }

    /** The link is there now and was not before. */
    record Linked(Link link) implements Change {
        @Override
        public StateKey key() {
            return link.key();
        }

        @Override
        public Change reversed() {
            return new Unlinked(link);
        }

        @Override
        public void applyTo(Map<ObjectRef, JsonObject> objects, Set<Link> links) {
            links.add(link);
        }
    }

    /** The link was there before and is not now. */
    record Unlinked(Link link) implements Change {
        @Override
        public StateKey key() {
            return link.key();
        }

        @Override
        public Change reversed() {
            return new Linked(link);
        }

        @Override
        public void applyTo(Map<ObjectRef, JsonObject> objects, Set<Link> links) {
            links.remove(link);
        }
    }
}
