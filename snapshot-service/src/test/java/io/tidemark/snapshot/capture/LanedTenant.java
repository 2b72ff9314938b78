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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjIntConsumer;

/** A tenant some of whose kinds have slow quotas of their own. Counts what time its requests take, by the thread that waits for them. */
class LanedTenant extends FakeTenant {

    static final Map<ObjectKind, String> SLOW = Map.of(
            ObjectKind.NAMED_LOCATION, "conditional access",
            ObjectKind.CONDITIONAL_ACCESS_POLICY, "conditional access",
            ObjectKind.USER_REGISTRATION_DETAILS, "reports");

    private static final int PAGE = 100;
    private static final int SLOW_MILLIS = 2_000;
    private static final int MILLIS = 50;

    final Map<Thread, AtomicLong> millis = new ConcurrentHashMap<>();
    final Set<ObjectKind> asked = ConcurrentHashMap.newKeySet();

    /** Called by whoever lists a slow kind before each object is shown, with its number. */
    volatile ObjIntConsumer<ObjectKind> beforeShown = (kind, number) -> {};

    /** Called after any other request. */
    volatile Runnable afterOther = () -> {};

    LanedTenant(long seed) {
        super(seed);
    }

    @Override
    public Optional<String> ownQuota(ObjectKind kind) {
        return Optional.ofNullable(SLOW.get(kind));
    }

    @Override
    public void list(ObjectKind kind, ObjectSink sink) {
        if (!SLOW.containsKey(kind)) {
            other(kind);
            super.list(kind, sink);
            return;
        }
        int[] shown = {0};
        super.list(kind, new ObjectSink() {
            @Override
            public void accept(JsonObject object) {
                if (shown[0] % PAGE == 0) {
                    take(SLOW_MILLIS);
                }
                beforeShown.accept(kind, shown[0]++);
                sink.accept(object);
            }

            @Override
            public void restarted() {
                sink.restarted();
            }
        });
        beforeShown.accept(kind, -1);
    }

    @Override
    public DeltaPage changes(ObjectKind kind, Optional<DeltaLink> link) {
        other(kind);
        return super.changes(kind, link);
    }

    @Override
    public JsonObject singleton(ObjectKind kind) {
        other(kind);
        return super.singleton(kind);
    }

    @Override
    public void children(ObjectKind kind, Collection<ObjectId> parents, ChildSink sink) {
        other(kind);
        super.children(kind, parents, sink);
    }

    @Override
    public Map<ObjectRef, JsonObject> findAll(Collection<ObjectRef> refs) {
        refs.forEach(ref -> take(SLOW.containsKey(ref.kind()) ? SLOW_MILLIS : MILLIS));
        return super.findAll(refs);
    }

    @Override
    public Map<ObjectId, List<FoundLink>> linksFrom(LinkKind kind, Collection<ObjectId> sources) {
        take(MILLIS);
        return super.linksFrom(kind, sources);
    }

    private void other(ObjectKind kind) {
        take(MILLIS);
        asked.add(kind);
        afterOther.run();
    }

    private void take(int time) {
        millis.computeIfAbsent(Thread.currentThread(), first -> new AtomicLong())
                .addAndGet(time);
    }
}
