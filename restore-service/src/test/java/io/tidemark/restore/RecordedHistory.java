package io.tidemark.restore;

import io.tidemark.contracts.Selection;
import io.tidemark.directory.Link;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.restore.plan.WantedState;
import io.tidemark.restore.plan.WantedStates;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** History made of two recordings: how it was, and how it was last seen. */
public final class RecordedHistory implements WantedStates {

    private final Recording baseline;
    private final Recording latest;

    public RecordedHistory(Recording baseline, Recording latest) {
        this.baseline = baseline;
        this.latest = latest;
    }

    @Override
    public Instant read(TenantId tenant, String moment, Selection selection, Consumer<WantedState> sink) {
        Set<String> named =
                selection.objects().stream().map(Selection.ObjectKey::id).collect(Collectors.toSet());
        baseline.wantedSince(latest).stream()
                .filter(state -> selection.types().isEmpty()
                        || selection.types().contains(state.key().type()))
                .filter(state -> named.isEmpty() || isNamed(state, named))
                .forEach(sink);
        return baseline.at();
    }

    @Override
    public Map<ObjectKind, Long> counts(TenantId tenant, String moment) {
        return baseline.objects().stream()
                .collect(Collectors.groupingBy(object -> object.ref().kind(), Collectors.counting()));
    }

    @Override
    public Optional<JsonObject> latest(TenantId tenant, StateKey key) {
        return latest.objects().stream()
                .filter(object -> object.ref().key().equals(key))
                .map(object -> object.properties())
                .findFirst();
    }

    private static boolean isNamed(WantedState state, Set<String> ids) {
        return state.link()
                .map((Link link) -> ids.contains(link.source().value())
                        || ids.contains(link.target().value()))
                .orElseGet(() -> ids.contains(state.key().id()));
    }
}
