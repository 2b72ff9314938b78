package io.tidemark.restore.plan;

import io.tidemark.contracts.RestoreOptions;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonObject;
import java.util.Optional;

/** What is to become of one object. */
enum Fate {
    /** It is there; its properties are put right. */
    PATCH,
    /** It comes back from the recycle bin. */
    UNDELETE,
    /** It is created anew. */
    CREATE,
    /** It cannot come back. */
    LOST,
    /** It was made since and is deleted. */
    DELETE,
    /** It was made since and is kept. */
    KEEP,
    /** Nothing is to be done. */
    NONE;

    boolean isThereAfterwards() {
        return switch (this) {
            case PATCH, UNDELETE, CREATE, KEEP -> true;
            case LOST, DELETE, NONE -> false;
        };
    }

    /** What becomes of an object, but for what follows from the fate of others. */
    static Fate of(WantedState wanted, LiveObject live, RestoreOptions options, SelectionFilter filter) {
        if (!wanted.wanted().isPresent()) {
            if (!(live instanceof LiveObject.Present)) {
                return NONE;
            }
            boolean deletes = options.created() == RestoreOptions.Created.SOFT_DELETE && filter.wholeObjects();
            return deletes ? DELETE : KEEP;
        }
        if (live instanceof LiveObject.Present) {
            return PATCH;
        }
        if (!filter.wholeObjects()) {
            return LOST;
        }
        if (live instanceof LiveObject.Binned) {
            return UNDELETE;
        }
        return options.recreate() && uncreatable(wanted).isEmpty() ? CREATE : LOST;
    }

    /** Why an object of this sort cannot be created anew; empty if it can. */
    static Optional<String> uncreatable(WantedState wanted) {
        JsonObject body = wanted.body() == null ? JsonObject.EMPTY : wanted.body();
        ObjectKind kind = ObjectKind.parse(wanted.key().type());
        if (Mastery.isSynced(body)) {
            return Optional.of("it is mastered on premises and has to come back from there");
        }
        if (kind == ObjectKind.USER && body.findString("userType").orElse("").equals("Guest")) {
            return Optional.of("a purged guest has to be invited again");
        }
        if (kind == ObjectKind.GROUP && Mastery.linkRefusal(body).isPresent()) {
            return Optional.of("Graph cannot create mail-enabled security groups or distribution lists");
        }
        if (kind == ObjectKind.SERVICE_PRINCIPAL
                && body.findString("servicePrincipalType").orElse("").equals("ManagedIdentity")) {
            return Optional.of("a managed identity comes back only with its resource");
        }
        return Optional.empty();
    }
}
