package io.tidemark.snapshot.capture;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.snapshot.publish.PublishedCounts;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a capture says of itself when it begins and when it ends. */
final class CaptureAccount {

    private CaptureAccount() {}

    static CaptureReport begun(CaptureOrder order, Instant startedAt) {
        return report(order, startedAt, null, List.of(), null);
    }

    /**
     * The report of a capture that has ended.
     *
     * @param failures what could not be read, and why; empty text if everything was
     */
    static CaptureReport ended(
            CaptureOrder order,
            Instant startedAt,
            Instant completedAt,
            List<CaptureReport.TypeCount> types,
            String failures) {
        return report(order, startedAt, completedAt, types, failures.isEmpty() ? null : failures);
    }

    /** The kinds that a targeted capture speaks of: those that were named, what hangs on them, and whatever else it published of. */
    static Set<ObjectKind> concerned(CaptureOrder order, Set<ObjectKind> below, PublishedCounts published) {
        Set<ObjectKind> kinds = kindsOf(order.objects());
        kinds.addAll(below);
        for (ObjectKind kind : ObjectKind.values()) {
            if (published.of(kind.word()).count() > 0) {
                kinds.add(kind);
            }
        }
        for (LinkKind link : LinkKind.values()) {
            if (published.of(link.word()).count() > 0) {
                kinds.add(link.source());
            }
        }
        return kinds;
    }

    static Set<ObjectKind> kindsOf(Collection<ObjectRef> refs) {
        Set<ObjectKind> kinds = EnumSet.noneOf(ObjectKind.class);
        refs.forEach(ref -> kinds.add(ref.kind()));
        return kinds;
    }

    private static CaptureReport report(
            CaptureOrder order,
            Instant startedAt,
            @Nullable Instant completedAt,
            List<CaptureReport.TypeCount> types,
            @Nullable String reason) {
        return new CaptureReport(
                order.tenant().toString(),
                order.captureId(),
                order.mode(),
                order.label(),
                order.pinned(),
                startedAt,
                completedAt,
                types,
                reason);
    }
}
