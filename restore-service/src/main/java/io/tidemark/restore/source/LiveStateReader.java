package io.tidemark.restore.source;

import io.tidemark.contracts.RestoreCommand;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.restore.plan.IdMap;
import io.tidemark.restore.plan.LiveObject;
import io.tidemark.restore.plan.LiveState;
import io.tidemark.restore.plan.LiveTenant;
import io.tidemark.restore.plan.RestorePlanner;
import io.tidemark.restore.plan.WantedState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads of the tenant what a plan or a comparison of certain wanted states needs, and no more. */
public final class LiveStateReader {

    /** The kinds whose objects speak of others by id in their properties. */
    private static final List<ObjectKind> REFERRERS =
            List.of(ObjectKind.CONDITIONAL_ACCESS_POLICY, ObjectKind.APPLICATION, ObjectKind.ROLE_ASSIGNMENT);

    private static final String NAMESPACE = "#microsoft.graph.";

    private LiveStateReader() {}

    /** What there is of everything that the wanted states speak of. */
    public static LiveState read(RestoreCommand command, List<WantedState> wanted, LiveTenant tenant) {
        Set<ObjectRef> objects = new LinkedHashSet<>();
        Map<LinkKind, Set<ObjectId>> sources = new EnumMap<>(LinkKind.class);
        for (WantedState state : wanted) {
            if (state.unrestorable().isPresent()) {
                continue;
            }
            state.object().ifPresent(objects::add);
            state.link().ifPresent(link -> {
                objects.add(link.sourceRef());
                target(state, link).ifPresent(objects::add);
                sources.computeIfAbsent(link.kind(), first -> new LinkedHashSet<>())
                        .add(link.source());
            });
        }
        Map<ObjectRef, LiveObject> found = tenant.read(objects);
        Map<LinkKind, Map<ObjectId, Set<ObjectId>>> targets = new EnumMap<>(LinkKind.class);
        sources.forEach((kind, ids) -> targets.put(kind, tenant.targets(kind, present(kind, ids, found))));
        LiveState state = new LiveState(found, targets, Map.of());
        IdMap pending = RestorePlanner.pendingIds(command, wanted, state);
        return pending.isEmpty() ? state : new LiveState(found, targets, referrers(tenant, pending));
    }

    private static Map<ObjectRef, JsonObject> referrers(LiveTenant tenant, IdMap pending) {
        Map<ObjectRef, JsonObject> referrers = new HashMap<>();
        for (ObjectKind kind : REFERRERS) {
            tenant.all(kind).forEach((object, properties) -> {
                if (pending.mentions(properties)) {
                    referrers.put(object, properties);
                }
            });
        }
        return referrers;
    }

    private static List<ObjectId> present(LinkKind kind, Set<ObjectId> ids, Map<ObjectRef, LiveObject> found) {
        List<ObjectId> present = new ArrayList<>();
        for (ObjectId id : ids) {
            if (found.get(new ObjectRef(kind.source(), id)) instanceof LiveObject.Present) {
                present.add(id);
            }
        }
        return present;
    }

    /** The link's target, if it is of a kind that is captured. */
    private static Optional<ObjectRef> target(WantedState state, Link link) {
        if (link.kind() == LinkKind.USER_MANAGER) {
            return Optional.of(new ObjectRef(ObjectKind.USER, link.target()));
        }
        JsonObject body = state.body() == null ? JsonObject.EMPTY : state.body();
        return body.findString("targetType")
                .map(type -> type.startsWith(NAMESPACE) ? type.substring(NAMESPACE.length()) : type)
                .flatMap(LiveStateReader::kind)
                .map(kind -> new ObjectRef(kind, link.target()));
    }

    private static Optional<ObjectKind> kind(String word) {
        for (ObjectKind kind : ObjectKind.values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
