package io.tidemark.graph.read;

import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

    ChildReading(BatchReading batches, Lister lister) {
        this.batches = batches;
        this.lister = lister;
    }

    void read(KindDescription kind, Collection<ObjectId> parents, ChildSink sink) {
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

    /** Finds single children by reading all that hang on their parents. */
    void find(KindDescription kind, Set<ObjectRef> wanted, Map<ObjectRef, JsonObject> found) {
        Set<ObjectId> parents = new LinkedHashSet<>();
        wanted.forEach(ref -> ref.id().parent().ifPresent(parents::add));
        read(kind, parents, (parent, child) -> {
            String own = child.findString(kind.reach().key()).orElse(kind.kind().word());
            ObjectRef ref = new ObjectRef(kind.kind(), ObjectId.child(parent, own));
            if (wanted.contains(ref)) {
                found.put(ref, child);
            }
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
