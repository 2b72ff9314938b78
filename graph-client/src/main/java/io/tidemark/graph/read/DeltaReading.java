package io.tidemark.graph.read;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Understands the pages of delta queries. */
final class DeltaReading {

    private static final String REMOVED = "@removed";
    private static final String DELTA = "@delta";

    private DeltaReading() {}

    static DeltaPage page(KindDescription kind, GraphResponse response) {
        Page page = Page.of(GraphConnection.success(response));
        String next = page.nextLink()
                .or(page::deltaLink)
                .orElseThrow(() -> new IllegalArgumentException("a delta page does not say where it goes on"));
        List<DeltaItem> items =
                page.objects().stream().map(object -> item(kind, object)).toList();
        return new DeltaPage(items, new DeltaLink(next), page.nextLink().isEmpty());
    }

    private static DeltaItem item(KindDescription kind, JsonObject object) {
        ObjectId id = new ObjectId(object.findString("id")
                .orElseThrow(() -> new IllegalArgumentException("an object of a delta page has no id")));
        Optional<JsonValue> removed = object.find(REMOVED);
        if (removed.isPresent()) {
            boolean soft = removed.get() instanceof JsonObject reason
                    && reason.findString("reason").orElse("").equals("changed");
            return new DeltaItem.Removed(id, soft ? DeltaItem.Removal.SOFT : DeltaItem.Removal.HARD);
        }
        JsonObject properties = Shape.asListed(kind.kind(), object);
        List<DeltaItem.LinkChange> links = new ArrayList<>();
        for (LinkDescription description : kind.linkDescriptions()) {
            LinkKind link = description.kind();
            String name = link.relation() + DELTA;
            if (object.find(name).orElse(null) instanceof JsonArray changes) {
                changes.elements().forEach(change -> links.add(change(link, change)));
            }
            properties = properties.without(name);
        }
        return new DeltaItem.Present(id, properties, links);
    }

    private static DeltaItem.LinkChange change(LinkKind link, JsonValue change) {
        if (!(change instanceof JsonObject target)) {
            throw new IllegalArgumentException("a link of a delta page is no object");
        }
        return new DeltaItem.LinkChange(
                link,
                LinkTarget.of(target),
                target.find(REMOVED).isPresent() ? DeltaItem.Presence.ABSENT : DeltaItem.Presence.PRESENT);
    }
}
