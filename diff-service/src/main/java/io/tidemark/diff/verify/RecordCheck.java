package io.tidemark.diff.verify;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.Event;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.verify.Finding.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares a snapshot's record with the digest that was kept when it was sealed. What operators say of it later is theirs to change. Pure. */
final class RecordCheck {

    private static final String SNAPSHOT = "snapshot";

    private RecordCheck() {}

    /** Digest of everything that the seal has made final. */
    static String sum(Snapshot snapshot) {
        CaptureReport capture = snapshot.capture();
        List<@Nullable Object> parts = new ArrayList<>(Arrays.asList(
                snapshot.tenant(),
                snapshot.id(),
                capture.tenantId(),
                capture.captureId(),
                capture.mode(),
                capture.label(),
                capture.pinned(),
                capture.startedAt(),
                capture.completedAt(),
                capture.reason(),
                snapshot.notedAt(),
                snapshot.sealedAt(),
                snapshot.suspect().size()));
        parts.addAll(snapshot.suspect());
        for (TypeCount type : capture.types()) {
            parts.addAll(Arrays.asList(
                    type.type(),
                    type.outcome(),
                    type.reason(),
                    type.present(),
                    type.presentDigest(),
                    type.published(),
                    type.publishedDigest()));
            // Snapshots from before captures told it have a digest without.
            if (type.reading() != null) {
                parts.add(type.reading());
            }
        }
        return Event.idOf(parts.stream().map(String::valueOf).toArray(String[]::new));
    }

    /** Whether what a verification needs of the record is there at all; it was read from a text that may have been altered. */
    static boolean isReadable(Snapshot snapshot) {
        return snapshot.capture().mode() != null
                && snapshot.capture().types().stream()
                        .allMatch(
                                type -> type.type() != null && type.outcome() != null && type.presentDigest() != null);
    }

    /** What is wrong with the record. */
    static List<Finding> findings(String asked, Snapshot snapshot, Optional<String> kept) {
        List<Finding> findings = new ArrayList<>();
        String sum = sum(snapshot);
        if (kept.isEmpty()) {
            findings.add(finding(Problem.MISSING, asked, "seal", null, sum));
        } else if (!kept.get().equals(sum)) {
            findings.add(finding(Problem.ALTERED, asked, "record", kept.get(), sum));
        }
        boolean doubted = !snapshot.suspect().isEmpty() && snapshot.remarks().accepted() == null;
        Snapshot.State wanted = doubted ? Snapshot.State.SUSPECT : Snapshot.State.SEALED;
        if (snapshot.state() != wanted) {
            findings.add(finding(
                    Problem.ALTERED,
                    asked,
                    "state",
                    wanted.name(),
                    snapshot.state().name()));
        }
        return findings;
    }

    private static Finding finding(
            Problem problem, String snapshot, String what, @Nullable String expected, String found) {
        return new Finding(problem, null, snapshot, null, SNAPSHOT, what, expected, found);
    }
}
