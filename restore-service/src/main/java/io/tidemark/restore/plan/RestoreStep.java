package io.tidemark.restore.plan;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One write to the tenant. Ids are those that the baseline knows; whoever sends it puts in the ids that things have now. */
public sealed interface RestoreStep {

    /** Most targets that Graph takes in one request. */
    int MOST_TARGETS = 20;

    /** The object that is written to. */
    ObjectRef object();

    /** What the step is about, as the baseline knows it: the object, or the first of the links. */
    StateKey key();

    /** The operation's word, in the journal and for people. */
    String operation();

    /** The property paths or the relation that are written. */
    List<String> paths();

    /** Brings an object back from the recycle bin, under its id. */
    record Undelete(ObjectRef object) implements RestoreStep {
        @Override
        public StateKey key() {
            return object.key();
        }

        @Override
        public String operation() {
            return "undelete";
        }

        @Override
        public List<String> paths() {
            return List.of();
        }
    }

    /**
     * Creates a purged object anew.
     *
     * @param object the object by its old id
     * @param body what to send
     * @param appId the application id that an application had; null for other kinds
     */
    record Create(
            ObjectRef object, JsonObject body, @Nullable String appId) implements RestoreStep {
        @Override
        public StateKey key() {
            return object.key();
        }

        @Override
        public String operation() {
            return "create";
        }

        @Override
        public List<String> paths() {
            return List.copyOf(body.names());
        }

        @Override
        public String toString() {
            return "Create[" + object + "]";
        }
    }

    /**
     * Sets properties of an object that is there.
     *
     * @param object the object
     * @param patch the properties to send
     * @param before the values that these properties had when the plan was made
     */
    record PatchProperties(ObjectRef object, JsonObject patch, JsonObject before) implements RestoreStep {
        @Override
        public StateKey key() {
            return object.key();
        }

        @Override
        public String operation() {
            return "patch";
        }

        @Override
        public List<String> paths() {
            return List.copyOf(patch.names());
        }

        @Override
        public String toString() {
            return "PatchProperties[" + object + " " + paths() + "]";
        }
    }

    /** Makes somebody a user's manager, in place of whoever is. */
    record SetManager(
            ObjectRef object, ObjectId manager, @Nullable ObjectId before) implements RestoreStep {
        @Override
        public StateKey key() {
            return new io.tidemark.directory.Link(LinkKind.USER_MANAGER, object.id(), manager).key();
        }

        @Override
        public String operation() {
            return "set-manager";
        }

        @Override
        public List<String> paths() {
            return List.of(LinkKind.USER_MANAGER.relation());
        }
    }

    /** Takes a user's manager away. */
    record RemoveManager(ObjectRef object, ObjectId before) implements RestoreStep {
        @Override
        public StateKey key() {
            return new io.tidemark.directory.Link(LinkKind.USER_MANAGER, object.id(), before).key();
        }

        @Override
        public String operation() {
            return "remove-manager";
        }

        @Override
        public List<String> paths() {
            return List.of(LinkKind.USER_MANAGER.relation());
        }
    }

    /**
     * Adds links that hang on one source.
     *
     * @param kind the relation
     * @param source what the links hang on
     * @param targets what they lead to, at most {@link #MOST_TARGETS}
     * @param reading whether the links that are there have to be read first, because an undeletion may have brought some
     */
    record AddLinks(LinkKind kind, ObjectId source, List<ObjectId> targets, Reading reading) implements RestoreStep {

        /** Whether to look first. */
        public enum Reading {
            NOT_NEEDED,
            FIRST
        }

        public AddLinks {
            targets = List.copyOf(targets);
            if (targets.isEmpty() || targets.size() > MOST_TARGETS) {
                throw new IllegalArgumentException("one step adds 1 to " + MOST_TARGETS + " links");
            }
        }

        @Override
        public ObjectRef object() {
            return new ObjectRef(kind.source(), source);
        }

        @Override
        public StateKey key() {
            return new io.tidemark.directory.Link(kind, source, targets.get(0)).key();
        }

        @Override
        public String operation() {
            return "add-links";
        }

        @Override
        public List<String> paths() {
            return List.of(kind.relation());
        }
    }

    /** Takes one link away. */
    record RemoveLink(LinkKind kind, ObjectId source, ObjectId target) implements RestoreStep {
        @Override
        public ObjectRef object() {
            return new ObjectRef(kind.source(), source);
        }

        @Override
        public StateKey key() {
            return new io.tidemark.directory.Link(kind, source, target).key();
        }

        @Override
        public String operation() {
            return "remove-link";
        }

        @Override
        public List<String> paths() {
            return List.of(kind.relation());
        }
    }

    /** Deletes an object that was made since: into the recycle bin, or a role assignment, which can be made again. */
    record SoftDelete(ObjectRef object) implements RestoreStep {
        @Override
        public StateKey key() {
            return object.key();
        }

        @Override
        public String operation() {
            return "soft-delete";
        }

        @Override
        public List<String> paths() {
            return List.of();
        }
    }
}
