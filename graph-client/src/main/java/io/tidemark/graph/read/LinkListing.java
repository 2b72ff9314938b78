package io.tidemark.graph.read;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists the links of objects: of one, of many at a time, or of all by a list that shows them. */
final class LinkListing {

    private final GraphConnection connection;
    private final BatchReading batches;
    private final ChildReading.Lister lister;
    private final Holders holders;

    LinkListing(GraphConnection connection, BatchReading batches, ChildReading.Lister lister, Holders holders) {
        this.connection = connection;
        this.batches = batches;
        this.lister = lister;
        this.holders = holders;
    }

    /** Those of every object, by a list of the objects. Whoever has as many as such a list shows at most is asked alone. */
    void beside(LinkKind kind, LinkSink sink) {
        BesideLinks beside = new BesideLinks(kind, sink);
        Listing unused = lister.list(KindAddress.expanded(kind), beside);
        of(kind, beside.full(), sink);
    }

    /** Those of one object; a missing object has none. */
    void of(LinkKind kind, ObjectId source, LinkSink sink) {
        if (kind.arity() == LinkKind.Arity.ONE) {
            Optional<JsonObject> target =
                    Absence.asEmpty(() -> connection.fetch(GraphRequest.get(KindAddress.links(kind, source))));
            target.ifPresent(object -> sink.accept(source, LinkTarget.of(object)));
            return;
        }
        try {
            Listing unused = lister.list(KindAddress.links(kind, source), new ObjectSink() {
                @Override
                public void accept(JsonObject object) {
                    sink.accept(source, LinkTarget.of(object));
                }

                @Override
                public void restarted() {
                    sink.restarted(source);
                }
            });
        } catch (GraphException e) {
            if (e.reason() != GraphException.Reason.NOT_FOUND) {
                throw e;
            }
            sink.missing(source);
        }
    }

    /** Those of many objects, twenty in one request. */
    void of(LinkKind kind, Collection<ObjectId> sources, LinkSink sink) {
        Map<String, ObjectId> byUrl = new LinkedHashMap<>();
        able(kind, sources).forEach(source -> byUrl.put(KindAddress.links(kind, source), source));
        batches.read(byUrl.keySet(), (url, body) -> {
            ObjectId source = byUrl.get(url);
            if (source == null) {
                throw new IllegalStateException("an answer to a question that was not asked");
            }
            if (kind.arity() == LinkKind.Arity.ONE) {
                body.ifPresent(object -> sink.accept(source, LinkTarget.of(object)));
            } else if (body.isEmpty()) {
                sink.missing(source);
            } else {
                follow(kind, source, body.get(), sink);
            }
        });
    }

    private Collection<ObjectId> able(LinkKind kind, Collection<ObjectId> sources) {
        LinkDescription link = Catalogue.of(kind);
        if (sources.isEmpty()
                || link.condition().filter(wanted -> !holders.isSo(wanted)).isPresent()) {
            return List.of();
        }
        return link.sources().isEmpty() ? sources : holders.among(link.sources().get(), sources);
    }

    private void follow(LinkKind kind, ObjectId source, JsonObject first, LinkSink sink) {
        Optional<Page> only = Page.only(first);
        if (only.isEmpty()) {
            // More than a page: listed alone, so that an expired page begins only this object's links again.
            of(kind, source, sink);
            return;
        }
        only.get().objects().forEach(object -> sink.accept(source, LinkTarget.of(object)));
    }
}
