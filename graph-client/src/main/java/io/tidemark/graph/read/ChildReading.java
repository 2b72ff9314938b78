package io.tidemark.graph.read;

import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.graph.transport.GraphException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what hangs on other objects, twenty parents in one request. */
final class ChildReading {

    /** How a list of more than one page is read from its start. */
    @FunctionalInterface
    interface Lister {
        Listing list(String url, ObjectSink sink);
    }

    private final BatchReading batches;
    private final Lister lister;
    private final StreamReading streams;
    private final Holders holders;

    ChildReading(BatchReading batches, Lister lister, StreamReading streams, Holders holders) {
        this.batches = batches;
        this.lister = lister;
        this.streams = streams;
        this.holders = holders;
    }

    void read(KindDescription kind, Collection<ObjectId> parents, ChildSink sink) {
        if (!kind.reach().streams().isEmpty()) {
            parents.forEach(parent -> streams.read(kind, parent, sink));
            return;
        }
        Map<String, ObjectId> byUrl = new LinkedHashMap<>();
        parents.forEach(parent -> byUrl.put(KindAddress.children(kind, parent), parent));
        batches.read(byUrl.keySet(), (url, body) -> {
            ObjectId parent = byUrl.get(url);
            if (parent == null) {
                throw new IllegalStateException("an answer to a question that was not asked");
            }
            if (body.isEmpty()) {
                sink.missing(parent);
            } else if (kind.reading() == KindDescription.Reading.CHILD) {
                sink.accept(parent, Shape.asListed(kind.kind(), body.get()));
            } else {
                page(kind, parent, url, Page.only(body.get()), sink);
            }
        });
    }

    /**
     * Reads by a list of the parents. One that shows as much as such a list shows at most, or nothing of the sort, is asked alone; where Graph
     * takes no such list, nothing is told of anybody.
     */
    void beside(KindDescription kind, ChildSink sink) {
        KindDescription above = Catalogue.of(
                kind.reach().parent().orElseThrow(() -> new IllegalArgumentException("hangs on no other kind")));
        Shown shown = new Shown(kind, sink);
        try {
            Listing unused = lister.list(KindAddress.beside(kind, above), shown);
        } catch (GraphException e) {
            if (e.reason() != GraphException.Reason.BAD_REQUEST
                    && e.reason() != GraphException.Reason.NOT_IMPLEMENTED) {
                throw e;
            }
            sink.restarted();
            return;
        }
        read(kind, shown.alone, sink);
        shown.alone.forEach(sink::shown);
    }

    /** Takes what a list of parents shows beside them. */
    private static final class Shown implements ObjectSink {

        private final KindDescription kind;
        private final ChildSink sink;
        private final List<ObjectId> alone = new ArrayList<>();

        Shown(KindDescription kind, ChildSink sink) {
            this.kind = kind;
            this.sink = sink;
        }

        @Override
        public void accept(JsonObject object) {
            ObjectId parent = LinkTarget.listedId(object);
            if (object.find(kind.reach().relation()).orElse(JsonNull.NULL) instanceof JsonArray children
                    && children.elements().size() < BesideLinks.MOST_EXPANDED) {
                children.elements().forEach(child -> one(kind, parent, child, sink));
                sink.shown(parent);
            } else {
                alone.add(parent);
            }
        }

        @Override
        public void restarted() {
            alone.clear();
            sink.restarted();
        }
    }

    /** Those of the objects on which something can hang. */
    Set<ObjectId> parents(KindDescription kind, Collection<ObjectId> of) {
        return kind.reach().parents().map(list -> holders.among(list, of)).orElseGet(() -> new LinkedHashSet<>(of));
    }

    private static void one(KindDescription kind, ObjectId parent, JsonValue child, ChildSink sink) {
        if (!(child instanceof JsonObject object)) {
            throw GraphException.unreadable("what a list shows beside an object is none");
        }
        sink.accept(parent, Shape.asListed(kind.kind(), object));
    }

    /** Finds single children by reading all that hang on their parents. */
    void find(KindDescription kind, Set<ObjectRef> wanted, Map<ObjectRef, JsonObject> found) {
        Set<ObjectId> parents = new LinkedHashSet<>();
        wanted.forEach(ref -> ref.id().parent().ifPresent(parents::add));
        read(kind, parents, (parent, child) -> {
            String own = child.findString(kind.reach().key()).orElse(kind.kind().word());
            ObjectId.findChild(parent, own)
                    .map(id -> new ObjectRef(kind.kind(), id))
                    .filter(wanted::contains)
                    .ifPresent(ref -> found.put(ref, child));
        });
    }

    private void page(KindDescription kind, ObjectId parent, String url, Optional<Page> only, ChildSink sink) {
        if (only.isPresent()) {
            only.get().objects().forEach(child -> sink.accept(parent, Shape.asListed(kind.kind(), child)));
            return;
        }
        Listing unused = lister.list(url, new ObjectSink() {
            @Override
            public void accept(JsonObject child) {
                sink.accept(parent, Shape.asListed(kind.kind(), child));
            }

            @Override
            public void restarted() {
                sink.restarted(parent);
            }
        });
    }
}
