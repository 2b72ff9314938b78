package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import io.tidemark.snapshot.publish.SnapshotPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a history that keeps to the protocol would know: the newest state of every key. */
final class HistoryInMemory implements SnapshotPublisher {

    final Map<StateKey, ObjectState> newest = new TreeMap<>();
    final List<ObjectState> received = new ArrayList<>();
    final List<String> violations = new ArrayList<>();

    /** How many more states arrive before the broker fails; never if negative. */
    int statesUntilFailure = -1;

    @Override
    public void publish(List<ObjectState> states) {
        for (ObjectState state : states) {
            if (statesUntilFailure == 0) {
                statesUntilFailure = -1;
                throw new Crash();
            }
            statesUntilFailure--;
            apply(state);
        }
    }

    @Override
    public void publish(Stage stage, CaptureReport report) {}

    private void apply(ObjectState state) {
        received.add(state);
        ObjectState before = newest.get(state.key());
        if (before != null && !state.observedAt().isAfter(before.observedAt())) {
            violations.add(
                    state.key() + " was observed at " + state.observedAt() + ", not after " + before.observedAt());
            return;
        }
        newest.put(state.key(), state);
    }

    SetDigest present(String type) {
        SetDigest present = SetDigest.EMPTY;
        for (ObjectState state : newest.values()) {
            if (state.objectType().equals(type) && state.stateHash() != null) {
                present = present.plus(state.key(), new ContentHash(state.stateHash()));
            }
        }
        return present;
    }

    /** Holds what is present against what a tenant at rest shows, and the counts of its capture against what is present. */
    void assertIs(FakeTenant tenant, CaptureResult result) {
        assertThat(result.report().reason()).isNull();
        assertThat(violations).isEmpty();
        Map<StateKey, String> present = new TreeMap<>();
        newest.values().stream()
                .filter(state -> state.deleted() == null)
                .forEach(state -> present.put(state.key(), state.stateHash()));
        Map<StateKey, String> truth = TenantCaptureTest.truth(tenant);
        assertThat(present.keySet().stream().filter(key -> !truth.containsKey(key)))
                .as("in history alone")
                .isEmpty();
        assertThat(truth.keySet().stream().filter(key -> !truth.get(key).equals(present.get(key))))
                .as("in the tenant alone, or of another content")
                .isEmpty();
        for (TypeCount count : result.report().types()) {
            assertThat(count.presentDigest())
                    .as(count.type())
                    .isEqualTo(present(count.type()).hex());
        }
    }

    /** The process ends here. */
    static final class Crash extends RuntimeException {}
}
