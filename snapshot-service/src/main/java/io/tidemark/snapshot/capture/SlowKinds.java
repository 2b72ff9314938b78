package io.tidemark.snapshot.capture;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.KindDescription.Reading;
import io.tidemark.graph.read.ObjectSink;
import io.tidemark.snapshot.capture.SlowLanes.News;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The kinds of one capture that are read under slow quotas of their own. Their lists are fetched beside everything else and taken in between
 * two requests, in the capture's own thread like all the rest: there is one writer still, and what holds of its states holds of these.
 */
final class SlowKinds implements AutoCloseable {

    private static final Duration BETWEEN_PAUSES = Duration.ofMillis(200);

    private final LiveTenant live;
    private final Outlet outlet;
    private final Runnable pause;
    private final Consumer<ObjectKind> told;
    private final SlowLanes lanes;
    private final Map<ObjectKind, KindReading> readings = new EnumMap<>(ObjectKind.class);
    private final Map<ObjectKind, ObjectSink> sinks = new EnumMap<>(ObjectKind.class);
    private final Map<ObjectKind, Optional<RuntimeException>> ended = new EnumMap<>(ObjectKind.class);

    /**
     * No kinds yet.
     *
     * @param live the tenant, for the lists
     * @param pause what else there is to do while nothing comes
     * @param told is told when the last of a kind has come
     */
    SlowKinds(LiveTenant live, Outlet outlet, Runnable pause, Consumer<ObjectKind> told) {
        this.live = live;
        this.outlet = outlet;
        this.pause = pause;
        this.told = told;
        this.lanes = new SlowLanes(live);
    }

    /** Begins to read those of the kinds that have a quota of their own and on which nothing hangs. */
    void begin(Collection<ObjectKind> kinds, Function<ObjectKind, KindReading> reading) {
        Map<String, List<ObjectKind>> byQuota = new LinkedHashMap<>();
        for (ObjectKind kind : kinds) {
            Optional<String> quota = isAlone(kind) ? live.ownQuota(kind) : Optional.empty();
            quota.ifPresent(name ->
                    byQuota.computeIfAbsent(name, first -> new ArrayList<>()).add(kind));
        }
        for (List<ObjectKind> lane : byQuota.values()) {
            for (ObjectKind kind : lane) {
                KindReading begun = reading.apply(kind);
                readings.put(kind, begun);
                sinks.put(kind, begun.begin());
            }
            lanes.begin(lane);
        }
    }

    /** Whether a kind is read so. */
    boolean reads(ObjectKind kind) {
        return readings.containsKey(kind);
    }

    /** The reading of a kind that is read so; empty if it is not. */
    Optional<KindReading> reading(ObjectKind kind) {
        return Optional.ofNullable(readings.get(kind));
    }

    /** Takes in what has come so far. */
    void take() {
        Optional<News> first = lanes.next();
        if (first.isPresent()) {
            outlet.tick();
            for (Optional<News> news = first; news.isPresent(); news = lanes.next()) {
                take(news.get());
            }
        }
    }

    /** Takes in what is still to come of a kind, and throws what its list broke off with. */
    void end(ObjectKind kind, KindReading reading) {
        while (!ended.containsKey(kind)) {
            Optional<News> news = lanes.await(BETWEEN_PAUSES);
            if (news.isPresent()) {
                outlet.tick();
                take(news.get());
            }
            pause.run();
        }
        ended.getOrDefault(kind, Optional.empty()).ifPresent(failure -> {
            throw failure;
        });
        reading.end();
    }

    @Override
    public void close() {
        lanes.close();
    }

    private void take(News news) {
        ObjectKind kind = news.kind();
        ObjectSink sink = sinks.get(kind);
        if (sink == null || ended.containsKey(kind)) {
            return;
        }
        try {
            if (news instanceof News.Shown shown) {
                sink.accept(shown.object());
            } else if (news instanceof News.Ended end) {
                ended.put(kind, end.failure());
                told.accept(kind);
            } else {
                sink.restarted();
            }
        } catch (UnreadableTenantException e) {
            ended.put(kind, Optional.of(e));
        }
    }

    private static boolean isAlone(ObjectKind kind) {
        KindDescription description = Catalogue.of(kind);
        return description.reading() == Reading.LIST
                && description.linkDescriptions().isEmpty()
                && !description.types().part()
                && Catalogue.below(kind).isEmpty();
    }
}
