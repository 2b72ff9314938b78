package io.tidemark.graph.read;

import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds single objects, as cheaply as their kinds permit, with what Graph shows of them only apart. */
final class Finding {

    /** How all objects of a kind are listed. */
    @FunctionalInterface
    interface Lister {
        Listing list(KindDescription kind, ObjectSink sink);
    }

    /** Kinds whose objects can be asked for by a list of ids: those that derive from directoryObject. */
    private static final Set<ObjectKind> DIRECTORY_OBJECTS = EnumSet.of(
            ObjectKind.USER,
            ObjectKind.GROUP,
            ObjectKind.DEVICE,
            ObjectKind.APPLICATION,
            ObjectKind.SERVICE_PRINCIPAL,
            ObjectKind.ADMINISTRATIVE_UNIT);

    private static final int LARGEST_GET_BY_IDS = 1_000;
    private static final int FEW = 3;

    private final GraphConnection connection;
    private final Selection selection;
    private final BatchReading batches;
    private final ChildReading children;
    private final Lister lister;
    private volatile boolean byIdsPermitted = true;

    Finding(
            GraphConnection connection,
            Selection selection,
            BatchReading batches,
            ChildReading children,
            Lister lister) {
        this.connection = connection;
        this.selection = selection;
        this.batches = batches;
        this.children = children;
        this.lister = lister;
    }

    /** One object; empty if it is not there. */
    Optional<JsonObject> one(ObjectRef ref) {
        KindDescription kind = Catalogue.of(ref.kind());
        if (ref.id().parent().isPresent() || selection.apart(kind).isPresent()) {
            return Optional.ofNullable(all(List.of(ref)).get(ref));
        }
        return fetch(ref, selection.query(kind));
    }

    /** Those of the objects that are there. */
    Map<ObjectRef, JsonObject> all(Collection<ObjectRef> refs) {
        Map<ObjectKind, Set<ObjectRef>> byKind = new EnumMap<>(ObjectKind.class);
        refs.forEach(ref ->
                byKind.computeIfAbsent(ref.kind(), k -> new LinkedHashSet<>()).add(ref));
        Map<ObjectRef, JsonObject> found = new LinkedHashMap<>();
        byKind.forEach((kind, ofKind) -> {
            KindDescription description = Catalogue.of(kind);
            Map<ObjectRef, JsonObject> there = new LinkedHashMap<>();
            find(description, ofKind, selection.query(description), there);
            selection.apart(description).filter(query -> !there.isEmpty()).ifPresent(query -> {
                Map<ObjectRef, JsonObject> apart = new LinkedHashMap<>();
                find(description, there.keySet(), query, apart);
                there.replaceAll((ref, object) -> merged(description, object, apart.getOrDefault(ref, object)));
            });
            found.putAll(there);
        });
        return found;
    }

    /** An object with what was shown apart of it; what was not shown is asked for. */
    JsonObject with(KindDescription kind, JsonObject object, Map<ObjectRef, JsonObject> apart) {
        Optional<ObjectRef> ref = refOf(kind, object);
        return ref.flatMap(known -> Optional.ofNullable(apart.get(known))
                        .or(() -> fetch(known, selection.apart(kind).orElse(""))))
                .map(values -> merged(kind, object, values))
                .orElse(object);
    }

    static void put(ObjectKind kind, JsonObject object, Map<ObjectRef, JsonObject> found) {
        refOf(Catalogue.of(kind), object).ifPresent(ref -> found.put(ref, Shape.asListed(kind, object)));
    }

    private static Optional<ObjectRef> refOf(KindDescription kind, JsonObject object) {
        return object.findString(kind.reach().key()).flatMap(ObjectId::find).map(id -> new ObjectRef(kind.kind(), id));
    }

    private static JsonObject merged(KindDescription kind, JsonObject object, JsonObject apart) {
        Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
        apart.members().forEach((name, value) -> {
            if (name.indexOf('@') < 0 && !name.equals(kind.reach().key())) {
                members.put(name, value);
            }
        });
        return new JsonObject(members);
    }

    private void find(KindDescription kind, Set<ObjectRef> refs, String query, Map<ObjectRef, JsonObject> found) {
        if (DIRECTORY_OBJECTS.contains(kind.kind())) {
            getByIdsIfPermitted(kind, refs, query, found);
        } else if (kind.reading().isBelowAnother()) {
            children.find(kind, refs, found);
        } else if (KindAddress.isOneASecond(kind)) {
            getFromSlowLane(kind, refs, query, found);
        } else {
            getInBatches(refs, query, found);
        }
    }

    /** Asking by ids takes the permission to read the whole directory; without it the objects are read one by one. */
    private void getByIdsIfPermitted(
            KindDescription kind, Set<ObjectRef> refs, String query, Map<ObjectRef, JsonObject> found) {
        if (byIdsPermitted && refs.size() > FEW) {
            try {
                getByIds(kind.kind(), List.copyOf(refs), query, found);
                return;
            } catch (GraphException e) {
                if (e.reason() != GraphException.Reason.FORBIDDEN) {
                    throw e;
                }
                byIdsPermitted = false;
            }
        }
        getInBatches(refs, query, found);
    }

    private void getByIds(ObjectKind kind, List<ObjectRef> refs, String query, Map<ObjectRef, JsonObject> found) {
        String url = "directoryObjects/getByIds" + (query.isEmpty() ? "" : "?" + query);
        for (int from = 0; from < refs.size(); from += LARGEST_GET_BY_IDS) {
            List<String> ids = refs.subList(from, Math.min(refs.size(), from + LARGEST_GET_BY_IDS)).stream()
                    .map(ref -> ref.id().value())
                    .toList();
            JsonObject body = new JsonObject(
                    Map.of("ids", JsonArray.ofStrings(ids), "types", JsonArray.ofStrings(List.of(kind.word()))));
            Page page = connection.send(GraphRequest.ask(url, body), Page::of);
            page.objects().forEach(object -> put(kind, object, found));
        }
    }

    private void getInBatches(Collection<ObjectRef> refs, String query, Map<ObjectRef, JsonObject> found) {
        Map<String, ObjectRef> byUrl = new LinkedHashMap<>();
        refs.forEach(ref -> byUrl.put(url(ref, query), ref));
        batches.read(byUrl.keySet(), (url, body) -> {
            ObjectRef ref = byUrl.get(url);
            if (ref != null) {
                body.ifPresent(object -> found.put(ref, Shape.asListed(ref.kind(), object)));
            }
        });
    }

    /** One request a second is all there is: a whole list costs as much as a single object. */
    private void getFromSlowLane(
            KindDescription kind, Set<ObjectRef> refs, String query, Map<ObjectRef, JsonObject> found) {
        if (refs.size() < FEW) {
            refs.forEach(ref -> fetch(ref, query).ifPresent(object -> found.put(ref, object)));
            return;
        }
        List<JsonObject> all = new ArrayList<>();
        Listing unused = lister.list(kind, all::add);
        Map<ObjectRef, JsonObject> present = new LinkedHashMap<>();
        all.forEach(object -> put(kind.kind(), object, present));
        refs.stream()
                .filter(present::containsKey)
                .forEach(ref -> found.put(ref, present.getOrDefault(ref, JsonObject.EMPTY)));
    }

    private Optional<JsonObject> fetch(ObjectRef ref, String query) {
        return Absence.asEmpty(() -> Shape.asListed(ref.kind(), connection.fetch(GraphRequest.get(url(ref, query)))));
    }

    private static String url(ObjectRef ref, String query) {
        return KindAddress.object(Catalogue.of(ref.kind()), ref.id(), query);
    }
}
