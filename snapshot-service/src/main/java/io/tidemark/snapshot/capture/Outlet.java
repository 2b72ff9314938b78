package io.tidemark.snapshot.capture;

import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.contracts.ObjectState.Source;
import io.tidemark.directory.Link;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.TextLength;
import io.tidemark.snapshot.cursor.Known;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.cursor.KnownTable;
import io.tidemark.snapshot.publish.PublishedCounts;
import io.tidemark.snapshot.publish.SnapshotPublisher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way out for everything that a capture reads: lets through only what differs from what was published last, in batches that are noted
 * before they are sent.
 */
final class Outlet implements AutoCloseable {

    /**
     * How heavy a batch may be: 500 objects or 2,000 links, and four megabytes of text or one object that is larger. Each is split into
     * a dozen partitions, and what is noted, compressed and acknowledged by the piece costs a link about a sixth less of all its processor
     * time than in batches of 500 links.
     */
    private static final int HEAVIEST_BATCH = 2000;

    private static final int OBJECT_WEIGHT = 4;
    private static final int LINK_WEIGHT = 1;

    /** So much text weighs one. */
    private static final int CHARACTERS = 2048;

    private final CaptureOrder order;
    private final Source source;
    private final KnownStates known;
    private final Dispatch dispatch;
    private final CaptureTime time;
    private final Checkpoint checkpoint;
    private final ReadBetween between;
    private final List<ObjectState> waiting = new ArrayList<>();
    private final Set<StateKey> sinceTick = new HashSet<>();
    private final Map<String, JsonObject> linkBodies = new HashMap<>();
    private final String tenant;
    private long weight;
    private Instant now;

    Outlet(
            CaptureOrder order,
            KnownStates known,
            SnapshotPublisher publisher,
            CaptureTime time,
            Checkpoint checkpoint,
            ReadBetween between) {
        this.order = order;
        this.tenant = order.tenant().toString();
        this.source = Source.valueOf(order.mode().name());
        this.known = known;
        this.dispatch = new Dispatch(known, publisher);
        this.time = time;
        this.checkpoint = checkpoint;
        this.between = between;
        this.now = time.next();
    }

    /** What follows was read at a later moment. */
    void tick() {
        now = time.next();
        sinceTick.clear();
        checkpoint.pass();
    }

    /** As {@link #leaves(StateKey)}, of a link. */
    boolean leaves(Link link) {
        return between.covers(link.sourceRef());
    }

    /** Whether a state is not taken in now, because an interlude has read it and it will be read once more. */
    boolean leaves(StateKey key) {
        return between.covers(key);
    }

    /** An object that is there. Says whether that is news. */
    boolean present(StateKey key, ContentHash hash, JsonObject body) {
        KnownTable table = known.table(key.type());
        if (leaves(key)) {
            table.see(key);
            return false;
        }
        boolean same = table.meet(key, hash);
        if (!same) {
            send(key, hash.hex(), null, body);
        }
        return !same;
    }

    /** A link that is there. */
    void present(LiveTenant.FoundLink found) {
        StateKey key = found.link().key();
        KnownTable table = known.table(key.type());
        if (leaves(key)) {
            table.see(key);
            return;
        }
        table.meetLink(key).ifPresent(hash -> send(key, hash.hex(), null, bodyOfLink(found.targetType())));
    }

    private JsonObject bodyOfLink(String targetType) {
        return linkBodies.computeIfAbsent(
                targetType, type -> new JsonObject(Map.of("targetType", new JsonString(type))));
    }

    /** An object or link that is gone. Says nothing if it was never published or its being gone was told already. */
    void deleted(StateKey key, Deletion deletion) {
        if (leaves(key)) {
            return;
        }
        KnownTable table = known.table(key.type());
        Optional<Known> before = table.find(key);
        boolean binned = deletion == Deletion.SOFT && !key.isLink();
        if (before.isEmpty()) {
            if (binned) {
                table.neverSeen(key);
            }
            return;
        }
        if (binned && before.get().isSoftDeleted()) {
            return;
        }
        if (binned) {
            table.softDeleted(key);
        } else {
            table.forget(key);
        }
        if (!before.get().isNeverSeen()) {
            send(key, null, deletion, null);
        }
    }

    /** Publishes what is still waiting, and returns when everything has arrived. */
    void flush() {
        if (!waiting.isEmpty()) {
            handOn();
        }
        dispatch.await();
    }

    /** What has been published; all of it after {@link #flush}. */
    PublishedCounts counts() {
        return dispatch.counts();
    }

    @Override
    public void close() {
        dispatch.close();
    }

    private void handOn() {
        checkpoint.pass();
        dispatch.send(List.copyOf(waiting), now);
        waiting.clear();
        weight = 0;
        // A batch has moments of its own, so that only its keys need be remembered, however long the listing.
        now = time.following();
        sinceTick.clear();
    }

    private void send(StateKey key, @Nullable String hash, @Nullable Deletion deletion, @Nullable JsonObject body) {
        if (!sinceTick.add(key)) {
            tick();
            sinceTick.add(key);
        }
        waiting.add(new ObjectState(
                tenant, key.type(), key.id(), hash, order.captureId(), source, now, deletion, body, List.of()));
        weight += weight(key, body);
        if (weight >= HEAVIEST_BATCH) {
            handOn();
        }
    }

    private static long weight(StateKey key, @Nullable JsonObject body) {
        if (key.isLink()) {
            return LINK_WEIGHT;
        }
        return body == null ? OBJECT_WEIGHT : Math.max(OBJECT_WEIGHT, TextLength.characters(body) / CHARACTERS);
    }
}
