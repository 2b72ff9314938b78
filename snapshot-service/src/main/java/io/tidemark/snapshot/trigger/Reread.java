package io.tidemark.snapshot.trigger;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Target;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.LinkDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /** So many objects are read for what hangs on them; what hangs on more is left to the next full capture. */
    private static final int MOST_APART = 200;

    /** The category of Microsoft's own recovery service, whose jobs leave no delta records. */
    private static final String NATIVE_RECOVERY = "backup and recovery";

    private static final String FAILURE = "failure";

    /** What the log calls every policy that can be laid on applications, whatever its kind. */
    private static final String POLICY = "policy";

    /** What entitlement management calls something that hangs on objects of a kind. The log does not say which of its targets they are. */
    private static final Map<String, ObjectKind> HANGING = Map.of(
            "incompatible access package", ObjectKind.ACCESS_PACKAGE,
            "incompatible group", ObjectKind.ACCESS_PACKAGE,
            "access package assignment policy", ObjectKind.ACCESS_PACKAGE,
            "access package catalog resource", ObjectKind.ACCESS_PACKAGE_CATALOG,
            "resource request", ObjectKind.ACCESS_PACKAGE_CATALOG,
            "resource remove request", ObjectKind.ACCESS_PACKAGE_CATALOG,
            "user as external sponsor", ObjectKind.CONNECTED_ORGANIZATION,
            "user as internal sponsor", ObjectKind.CONNECTED_ORGANIZATION);

    private static final Set<Operation> LINKS = Set.of(Operation.LINK, Operation.UNLINK);

    /** Kinds on which something hangs that nothing tells when all changes are asked for. Of users and groups that would cost too much. */
    private static final Set<ObjectKind> APART = apart();

    Reread {
        objects = List.copyOf(objects);
    }

    /**
     * Everything after a native recovery; single objects if they are few and no links are concerned that a delta query tells; all changes
     * otherwise, and besides single objects on which something hangs that no delta query tells. Where only the name of an activity tells what
     * was changed, each of its targets is tried as what that hangs on: where there is no such object, nothing is found.
     */
    static List<Reread> after(List<ChangeRecorded> changes) {
        Set<ObjectRef> objects = new LinkedHashSet<>();
        Set<ObjectRef> apart = new LinkedHashSet<>();
        boolean all = false;
        for (ChangeRecorded change : changes) {
            // A job that failed may have put back a part before it did.
            if (isNativeRecovery(change)) {
                String cause = change.correlationId() == null ? change.auditId() : change.correlationId();
                return List.of(new Reread(CaptureMode.FULL, List.of(), Optional.of("native recovery " + cause)));
            }
            // What ended in no word, or in one that is not known yet, may have been done.
            if (change.result().equals(FAILURE)) {
                continue;
            }
            List<ObjectRef> named = objects(change);
            objects.addAll(named);
            List<ObjectRef> alone =
                    named.stream().filter(ref -> APART.contains(ref.kind())).toList();
            boolean link = LINKS.contains(change.operation());
            boolean told = link && isTold(change);
            if (!told) {
                apart.addAll(alone);
            }
            boolean unclear = named.isEmpty()
                    || change.object().type().equals(POLICY)
                    || hangsOn(change).isPresent();
            all |= unclear || told || link && alone.isEmpty() && !isKnownLink(change);
        }
        List<Reread> rereads = new ArrayList<>();
        if (all || objects.size() > MOST_OBJECTS) {
            rereads.add(new Reread(CaptureMode.INCREMENTAL, List.of(), Optional.empty()));
            objects.retainAll(apart);
        }
        if (!objects.isEmpty()) {
            List<ObjectRef> single = objects.stream().limit(MOST_APART).toList();
            rereads.add(new Reread(CaptureMode.TARGETED, single, Optional.empty()));
        }
        return rereads;
    }

    private static boolean isNativeRecovery(ChangeRecorded change) {
        return change.category() != null && change.category().equalsIgnoreCase(NATIVE_RECOVERY);
    }

    private static boolean isTold(ChangeRecorded change) {
        return links(change)
                .anyMatch(link -> Catalogue.of(link).reading() == LinkDescription.Reading.DELTA
                        && !Catalogue.of(link.source()).reach().listedElse());
    }

    private static boolean isKnownLink(ChangeRecorded change) {
        return links(change).findAny().isPresent();
    }

    private static Stream<LinkKind> links(ChangeRecorded change) {
        return Arrays.stream(LinkKind.values())
                .filter(link -> link.source().word().equals(change.object().type()))
                .filter(link -> change.related().stream()
                        .anyMatch(related -> related.role().equals(link.relation())));
    }

    private static List<ObjectRef> objects(ChangeRecorded change) {
        Target target = change.object();
        Optional<ObjectId> id = ObjectId.find(target.id());
        if (id.isEmpty()) {
            return List.of();
        }
        if (target.type().equals(POLICY)) {
            return Arrays.stream(LinkKind.values())
                    .filter(link -> link.relation().equals("appliesTo"))
                    .map(link -> new ObjectRef(link.source(), id.get()))
                    .toList();
        }
        return ObjectKind.find(target.type())
                .or(() -> hangsOn(change))
                .map(kind -> new ObjectRef(kind, id.get()))
                .stream()
                .toList();
    }

    private static Optional<ObjectKind> hangsOn(ChangeRecorded change) {
        String activity = change.activityKey();
        return Optional.ofNullable(HANGING.get(activity.substring(activity.indexOf(' ') + 1)));
    }

    private static Set<ObjectKind> apart() {
        Set<ObjectKind> kinds = EnumSet.noneOf(ObjectKind.class);
        for (ObjectKind kind : ObjectKind.values()) {
            boolean linked = Catalogue.of(kind).linkDescriptions().stream()
                    .anyMatch(link -> link.reading() != LinkDescription.Reading.DELTA);
            boolean parent = !Catalogue.below(kind).isEmpty();
            if ((linked || parent) && kind != ObjectKind.USER && kind != ObjectKind.GROUP) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
