package io.tidemark.snapshot.trigger;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be read again because of some changes of one tenant.
 *
 * @param mode how much
 * @param objects which, for a targeted capture
 * @param key makes the order the same however often its cause is heard of; empty if any waiting one will do
 */
record Reread(CaptureMode mode, List<ObjectRef> objects, Optional<String> key) {

    /** So many single objects cost about as much as asking Graph for all changes. */
    static final int MOST_OBJECTS = 20;

    /** The category of Microsoft's own recovery service, whose jobs leave no delta records. */
    private static final String NATIVE_RECOVERY = "backup and recovery";

    private static final Set<Operation> LINKS = Set.of(Operation.LINK, Operation.UNLINK);

    Reread {
        objects = List.copyOf(objects);
    }

    /** Everything after a native recovery; single objects if they are few and no links are concerned; all changes otherwise. */
    static Optional<Reread> after(List<ChangeRecorded> changes) {
        Set<ObjectRef> objects = new LinkedHashSet<>();
        boolean all = false;
        for (ChangeRecorded change : changes) {
            if (!change.result().equals("success")) {
                continue;
            }
            if (isNativeRecovery(change)) {
                String cause = change.correlationId() == null ? change.auditId() : change.correlationId();
                return Optional.of(new Reread(CaptureMode.FULL, List.of(), Optional.of("native recovery " + cause)));
            }
            Optional<ObjectRef> object = object(change);
            object.ifPresent(objects::add);
            all |= object.isEmpty() || LINKS.contains(change.operation());
        }
        if (all || objects.size() > MOST_OBJECTS) {
            return Optional.of(new Reread(CaptureMode.INCREMENTAL, List.of(), Optional.empty()));
        }
        return objects.isEmpty()
                ? Optional.empty()
                : Optional.of(new Reread(CaptureMode.TARGETED, List.copyOf(objects), Optional.empty()));
    }

    private static boolean isNativeRecovery(ChangeRecorded change) {
        return change.category() != null && change.category().equalsIgnoreCase(NATIVE_RECOVERY);
    }

    private static Optional<ObjectRef> object(ChangeRecorded change) {
        return Arrays.stream(ObjectKind.values())
                .filter(kind -> kind.word().equals(change.object().type()))
                .findFirst()
                .map(kind -> ObjectRef.of(kind, change.object().id()));
    }
}
