package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.Reading;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.CaptureReport.TypeCount.Outcome;
import io.tidemark.contracts.ObjectState.Source;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.TenantId;
import io.tidemark.graph.read.ObjectSink;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.layout.MovableClock;
import io.tidemark.snapshot.cursor.InMemoryCursorStore;
import io.tidemark.snapshot.cursor.KnownStates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Captures tell of each type how and when they read it. */
class ReadingsTest {

    private static final TenantId TENANT = new TenantId(new UUID(7, 8));
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final MovableClock clock = new MovableClock(NOON);
    private final InMemoryCursorStore store = new InMemoryCursorStore();
    private long fence;

    @Test
    void aTypeIsReadFromItsFirstRequestToItsLastAnswer() {
        FakeTenant tenant = new SlowListing(ObjectKind.DOMAIN, null);
        tenant.create(ObjectKind.DOMAIN);

        CaptureResult full = capture(tenant, CaptureMode.FULL, List.of());

        Reading domains = reading(full, "domain");
        assertThat(domains.source()).isEqualTo(Source.FULL);
        assertThat(domains.endedAt()).isEqualTo(domains.startedAt().plusSeconds(60));
        assertThat(full.report().types())
                .filteredOn(count -> count.outcome() == Outcome.COMPLETE)
                .hasSizeGreaterThan(50)
                .allSatisfy(count -> {
                    Reading reading = reading(full, count.type());
                    assertThat(reading.source()).isEqualTo(Source.FULL);
                    assertThat(reading.startedAt()).isBetween(NOON, clock.instant());
                    assertThat(reading.endedAt()).isBetween(reading.startedAt(), clock.instant());
                });
        Instant ofTheSlowOne = domains.endedAt();
        assertThat(full.report().types())
                .filteredOn(count -> count.reading() != null)
                .filteredOn(count -> count.reading().startedAt().isBefore(ofTheSlowOne)
                        && count.reading().endedAt().equals(ofTheSlowOne))
                .extracting(TypeCount::type)
                .containsExactly("domain");
    }

    @Test
    void anIncrementalCaptureTellsWhatItReadWholeAndOfWhatOnlyTheChanges() {
        FakeTenant tenant = new FakeTenant(3);
        capture(tenant, CaptureMode.FULL, List.of());

        CaptureResult incremental = capture(tenant, CaptureMode.INCREMENTAL, List.of());

        assertThat(reading(incremental, "user").source()).isEqualTo(Source.INCREMENTAL);
        assertThat(reading(incremental, "group.members").source()).isEqualTo(Source.INCREMENTAL);
        assertThat(reading(incremental, "conditionalAccessPolicy").source()).isEqualTo(Source.FULL);
        assertThat(incremental.report().types())
                .filteredOn(count -> count.outcome() == Outcome.CARRIED)
                .isNotEmpty()
                .allSatisfy(count -> assertThat(count.reading()).isNull());
    }

    @Test
    void aTargetedCaptureReadsSingleObjects() {
        FakeTenant tenant = new FakeTenant(4);
        ObjectRef user = tenant.create(ObjectKind.USER);

        CaptureResult targeted = capture(tenant, CaptureMode.TARGETED, List.of(user));

        assertThat(reading(targeted, "user").source()).isEqualTo(Source.TARGETED);
    }

    @Test
    void whatBrokeOffTellsUntilWhenItWasRead() {
        FakeTenant tenant = new SlowListing(ObjectKind.DOMAIN, GraphException.unreadable("half a page"));
        tenant.create(ObjectKind.DOMAIN);

        CaptureResult full = capture(tenant, CaptureMode.FULL, List.of());

        assertThat(count(full, "domain").outcome()).isEqualTo(Outcome.FAILED);
        Reading domains = reading(full, "domain");
        assertThat(domains.endedAt()).isEqualTo(domains.startedAt().plusSeconds(60));
    }

    @Test
    void aCaptureThatRunsTellsWhatItHasReadAndWhatItReads() {
        FakeTenant tenant = new FakeTenant(5);
        tenant.create(ObjectKind.USER);
        tenant.create(ObjectKind.DOMAIN);
        List<SoFar> told = new ArrayList<>();
        AtomicReference<TenantCapture> running = new AtomicReference<>();
        TenantCapture capture = newCapture(
                tenant,
                CaptureMode.FULL,
                List.of(),
                held -> told.add(Objects.requireNonNull(running.get()).soFar()));
        running.set(capture);

        CaptureResult result = capture.run();

        SoFar last = told.get(told.size() - 1);
        assertThat(told)
                .hasSizeGreaterThan(50)
                .anyMatch(soFar -> soFar.underWay().contains("domain"))
                .isSortedAccordingTo(Comparator.comparing(soFar -> soFar.types().size()))
                .allSatisfy(soFar -> assertThat(soFar.types())
                        .extracting(TypeCount::type)
                        .doesNotContainAnyElementsOf(soFar.underWay()));
        assertThat(last.objectsRead()).isPositive().isLessThanOrEqualTo(result.objectsRead());
        assertThat(last.types())
                .filteredOn(count -> count.type().equals("user"))
                .singleElement()
                .satisfies(count -> {
                    assertThat(count.outcome()).isEqualTo(Outcome.COMPLETE);
                    assertThat(count.present()).isEqualTo(1);
                });
    }

    private CaptureResult capture(FakeTenant tenant, CaptureMode mode, List<ObjectRef> objects) {
        return newCapture(tenant, mode, objects, Interludes.NONE).run();
    }

    private TenantCapture newCapture(FakeTenant tenant, CaptureMode mode, List<ObjectRef> objects, Interludes between) {
        fence++;
        KnownStates known = KnownStates.open(store, TENANT, fence);
        CaptureOrder order = new CaptureOrder("capture-" + fence, TENANT, mode, null, false, objects);
        return new TenantCapture(order, tenant, known, new HistoryInMemory(), () -> {}, between, clock);
    }

    private static Reading reading(CaptureResult result, String type) {
        return Objects.requireNonNull(count(result, type).reading(), type);
    }

    private static TypeCount count(CaptureResult result, String type) {
        return result.report().types().stream()
                .filter(count -> count.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** A tenant that takes a minute to list one kind, and perhaps breaks off then. */
    private final class SlowListing extends FakeTenant {

        private final ObjectKind slow;
        private final @Nullable GraphException failure;

        SlowListing(ObjectKind slow, @Nullable GraphException failure) {
            super(11);
            this.slow = slow;
            this.failure = failure;
        }

        @Override
        public void list(ObjectKind kind, ObjectSink sink) {
            super.list(kind, sink);
            if (kind == slow) {
                clock.move(Duration.ofSeconds(60));
                if (failure != null) {
                    throw failure;
                }
            }
        }
    }
}
