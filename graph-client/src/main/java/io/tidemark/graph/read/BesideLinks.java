package io.tidemark.graph.read;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Takes the links that a list shows beside its objects, and notes whose links it may have cut off. */
final class BesideLinks implements ObjectSink {

    /** So many ends, and no link to more, is all that a list shows beside an object. */
    static final int MOST_EXPANDED = 20;

    private final LinkKind kind;
    private final LinkSink sink;
    private final List<ObjectId> full = new ArrayList<>();

    BesideLinks(LinkKind kind, LinkSink sink) {
        this.kind = kind;
        this.sink = sink;
    }

    @Override
    public void accept(JsonObject object) {
        ObjectId source = LinkTarget.listedId(object);
        List<LinkTarget> targets = LinkTarget.beside(object, kind.relation());
        sink.shown(source);
        if (targets.size() >= MOST_EXPANDED) {
            full.add(source);
        } else {
            targets.forEach(target -> sink.accept(source, target));
        }
    }

    @Override
    public void restarted() {
        full.clear();
        sink.restarted();
    }

    /** The objects that have as many links as such a list shows at most. */
    List<ObjectId> full() {
        return full;
    }
}
