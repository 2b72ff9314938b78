package io.tidemark.diff.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.common.annotation.Blocking;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.diff.copies.Imports;
import io.tidemark.diff.history.StoredStates;
import io.tidemark.diff.history.StoredStates.StoredKey;
import io.tidemark.diff.history.StoredStates.Texts;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.diff.work.Tasks;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Tells whoever captures a tenant what of it is there as far as the history knows, so that the two can be brought together. */
@Path("/api/v1/tenants/{tenant}/live-keys")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
class LiveKeyResource {

    private static final int MOST = 5_000;
    private static final int AT_ONCE = 100;

    /** Some weeks of captures every few minutes. */
    private static final int MOST_PAGES = 100;

    private final StoredStates states;
    private final SnapshotStore snapshots;
    private final Tasks tasks;

    LiveKeyResource(StoredStates states, SnapshotStore snapshots, Tasks tasks) {
        this.states = states;
        this.snapshots = snapshots;
        this.tasks = tasks;
    }

    /** One object or link that is there. */
    public record LiveKey(String type, String id, String hash) {}

    /** The last line of a page: where the next one begins, or that there is none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PageEnd(@Nullable String next, boolean end) {}

    /**
     * How the history stands.
     *
     * @param newest the end of the newest capture that did not break off; null if there is none
     * @param mismatched whether the last full capture of which all arrived was not what is stored
     * @param importing whether a bundle is being taken in, or waits to be
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Standing(@Nullable Instant newest, boolean mismatched, boolean importing) {}

    /** A page of what is there, one line each, in the order of the keys; the last line says how it goes on. */
    @GET
    @Produces("application/x-ndjson")
    public String list(
            @RestPath String tenant,
            @QueryParam("limit") @DefaultValue("5000") int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        TenantId owner = Requests.tenant(tenant);
        if (limit < 1 || limit > MOST) {
            throw ProblemException.badRequest("invalid-limit", "'limit' must be from 1 to " + MOST);
        }
        String after = cursor == null ? null : owner + "|" + Requests.decoded(cursor);
        List<StoredKey> page = states.keys(owner, after, limit, Texts.LEFT_OUT);
        StringBuilder lines = new StringBuilder();
        for (StoredKey stored : page) {
            StateKey key = stored.key();
            String hash = stored.newest().hash();
            if (key != null && hash != null && stored.newest().deleted() == null) {
                line(lines, new LiveKey(key.type(), key.id(), hash));
            }
        }
        boolean more = page.size() == limit;
        String last = more ? page.get(limit - 1).name() : "";
        line(
                lines,
                more
                        ? new PageEnd(Requests.encoded(last.substring(last.indexOf('|') + 1)), false)
                        : new PageEnd(null, true));
        return lines.toString();
    }

    @GET
    @Path("/standing")
    public Standing standing(@RestPath String tenant) {
        TenantId owner = Requests.tenant(tenant);
        SnapshotStore.Page page = snapshots.list(owner, AT_ONCE, null);
        @Nullable
        Instant newest = page.snapshots().stream()
                .filter(LiveKeyResource::hasCounted)
                .map(Snapshot::instant)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        Optional<Snapshot> judged = judged(page);
        for (int pages = 1; judged.isEmpty() && page.next() != null && pages < MOST_PAGES; pages++) {
            page = snapshots.list(owner, AT_ONCE, page.next());
            judged = judged(page);
        }
        boolean importing =
                tasks.list(owner, Imports.FORM.kind(), null, AT_ONCE).stream().anyMatch(task -> !task.hasEnded());
        return new Standing(newest, judged.map(Snapshot::isMismatched).orElse(false), importing);
    }

    /** Whether its capture came to its end, however that was. One that broke off counted nothing, and its successor reads what it had read. */
    private static boolean hasCounted(Snapshot snapshot) {
        return !snapshot.capture().types().isEmpty();
    }

    /** The newest full snapshot of the page that was held against what is stored. */
    private static Optional<Snapshot> judged(SnapshotStore.Page page) {
        return page.snapshots().stream()
                .filter(Snapshot::isFull)
                .filter(snapshot -> snapshot.isSealed() || snapshot.isMismatched())
                .findFirst();
    }

    private static void line(StringBuilder lines, Object what) {
        try {
            lines.append(MessageCodec.mapper().writeValueAsString(what)).append('\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a key could not be written", e);
        }
    }
}
