package io.tidemark.snapshot.capture;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.graph.read.LinkSink;
import io.tidemark.graph.read.LinkTarget;
import io.tidemark.snapshot.capture.LiveTenant.FoundLink;
import io.tidemark.snapshot.capture.LiveTenant.Shown;
import java.util.ArrayList;
import java.util.List;

/** Hands links on while they are listed, and holds those of one object only: until they are all there, for they may begin again. */
final class LinksInPassing implements LinkSink {

    private final LinkKind kind;
    private final Shown shown;
    private final List<FoundLink> ofOne = new ArrayList<>();

    LinksInPassing(LinkKind kind, Shown shown) {
        this.kind = kind;
        this.shown = shown;
    }

    @Override
    public void accept(ObjectId source, LinkTarget target) {
        if (!ofOne.isEmpty() && !ofOne.get(0).link().source().equals(source)) {
            handOn();
        }
        ofOne.add(GraphLiveTenant.link(kind, source, target));
    }

    @Override
    public void shown(ObjectId source) {
        handOn();
        shown.object(source);
    }

    @Override
    public void restarted() {
        ofOne.clear();
        shown.restarted();
    }

    @Override
    public void restarted(ObjectId source) {
        ofOne.removeIf(found -> found.link().source().equals(source));
    }

    @Override
    public void missing(ObjectId source) {
        restarted(source);
    }

    /** Hands on what is still held. */
    void handOn() {
        ofOne.forEach(shown::link);
        ofOne.clear();
    }
}
