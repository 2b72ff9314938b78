package io.tidemark.snapshot.capture;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.read.ChildSink;
import io.tidemark.graph.read.DeltaLink;
import io.tidemark.graph.read.DeltaPage;
import io.tidemark.graph.read.ObjectSink;
import io.tidemark.snapshot.capture.newer.NewerSelection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A tenant that pauses before it is asked for something, and again and again within a long list. */
final class PausingTenant implements LiveTenant {

    private static final int SHOWN_BETWEEN_PAUSES = 100;

    private final LiveTenant live;
    private final Runnable pause;

    PausingTenant(LiveTenant live, Runnable pause) {
        this.live = live;
        this.pause = pause;
    }

    @Override
    public DeltaPage changes(ObjectKind kind, Optional<DeltaLink> link) {
        pause.run();
        return live.changes(kind, link);
    }

    @Override
    public Optional<String> extensions(ObjectKind kind) {
        return live.extensions(kind);
    }

    @Override
    public Optional<List<String>> schemas(ObjectKind part) {
        return live.schemas(part);
    }

    @Override
    public void noteSchemas(ObjectKind part, List<String> names) {
        live.noteSchemas(part, names);
    }

    @Override
    public void list(ObjectKind kind, ObjectSink sink) {
        pause.run();
        live.list(kind, new ObjectSink() {
            private int shown;

            @Override
            public void accept(JsonObject object) {
                sink.accept(object);
                shown++;
                if (shown % SHOWN_BETWEEN_PAUSES == 0) {
                    pause.run();
                }
            }

            @Override
            public void restarted() {
                sink.restarted();
            }
        });
    }

    @Override
    public Optional<String> ownQuota(ObjectKind kind) {
        return live.ownQuota(kind);
    }

    @Override
    public void expect(Collection<ObjectKind> kinds) {
        live.expect(kinds);
    }

    @Override
    public void expectChanges(Map<ObjectKind, String> links) {
        live.expectChanges(links);
    }

    @Override
    public JsonObject singleton(ObjectKind kind) {
        return live.singleton(kind);
    }

    @Override
    public void children(ObjectKind kind, Collection<ObjectId> parents, ChildSink sink) {
        pause.run();
        live.children(kind, parents, sink);
    }

    @Override
    public void childrenBeside(ObjectKind kind, ChildSink sink) {
        pause.run();
        live.childrenBeside(kind, sink);
    }

    @Override
    public Collection<ObjectId> parents(ObjectKind kind, Collection<ObjectId> of) {
        return live.parents(kind, of);
    }

    @Override
    public void links(LinkKind kind, Shown shown) {
        pause.run();
        live.links(kind, new Shown() {
            private int objects;

            @Override
            public void object(ObjectId id) {
                shown.object(id);
                objects++;
                if (objects % SHOWN_BETWEEN_PAUSES == 0) {
                    pause.run();
                }
            }

            @Override
            public void link(FoundLink found) {
                shown.link(found);
            }

            @Override
            public void restarted() {
                shown.restarted();
            }
        });
    }

    @Override
    public Map<ObjectRef, JsonObject> findAll(Collection<ObjectRef> refs) {
        pause.run();
        return live.findAll(refs);
    }

    @Override
    public Set<ObjectId> recycleBin(ObjectKind kind) {
        return live.recycleBin(kind);
    }

    @Override
    public Set<ObjectRef> inRecycleBin(Collection<ObjectRef> refs) {
        return live.inRecycleBin(refs);
    }

    @Override
    public Map<ObjectId, List<FoundLink>> linksFrom(LinkKind kind, Collection<ObjectId> sources) {
        pause.run();
        return live.linksFrom(kind, sources);
    }

    @Override
    public List<FoundLink> linksTo(Collection<ObjectRef> targets) {
        return live.linksTo(targets);
    }

    @Override
    public OptionalLong count(ObjectKind kind) {
        return live.count(kind);
    }

    @Override
    public Set<String> granted() {
        return live.granted();
    }

    @Override
    public NewerSelection newer() {
        return live.newer();
    }

    @Override
    public long requests() {
        return live.requests();
    }
}
