package io.tidemark.diff.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.diff.moved.Moved;
import io.tidemark.diff.moved.Moves;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.SnapshotStore;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Lists what moved while a snapshot's capture read it. */
@Path("/api/v1/tenants/{tenant}/snapshots/{id}/moved")
@Produces(MediaType.APPLICATION_JSON)
class MovedResource {

    private final SnapshotStore snapshots;
    private final Moves moves;

    MovedResource(SnapshotStore snapshots, Moves moves) {
        this.snapshots = snapshots;
        this.moves = moves;
    }

    /** An object or link that moved. */
    public record MovedView(
            String type,
            String id,
            List<Moved.What> what,
            Instant firstAt,
            Instant lastAt,
            List<String> auditIds,
            List<Instant> readings) {

        static MovedView of(Moved moved) {
            return new MovedView(
                    moved.key().type(),
                    moved.key().id(),
                    moved.what(),
                    moved.firstAt(),
                    moved.lastAt(),
                    moved.auditIds(),
                    moved.readings());
        }
    }

    /** One page of what moved, and the time that the capture took. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MovedPage(
            Instant from,
            Instant to,
            List<MovedView> moved,
            @Nullable String next) {}

    @GET
    public MovedPage list(
            @RestPath String tenant,
            @RestPath String id,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        TenantId owner = Requests.tenant(tenant);
        Snapshot snapshot = snapshots.fetch(owner, id);
        Instant end = snapshot.instant();
        if (end == null) {
            throw ProblemException.conflict("capture-running", "the capture of the snapshot still runs");
        }
        int wanted = Requests.limit(limit);
        List<Moved> found = moves.page(snapshot, cursor == null ? null : key(cursor), wanted + 1);
        List<Moved> page = found.size() > wanted ? found.subList(0, wanted) : found;
        return new MovedPage(
                snapshot.capture().startedAt(),
                end,
                page.stream().map(MovedView::of).toList(),
                found.size() > wanted
                        ? Requests.encoded(page.get(wanted - 1).key().text())
                        : null);
    }

    private static StateKey key(String cursor) {
        String text = Requests.decoded(cursor);
        try {
            return StateKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("invalid-cursor", "'cursor' is not one of ours");
        }
    }
}
