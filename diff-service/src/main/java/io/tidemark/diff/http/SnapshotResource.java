package io.tidemark.diff.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.contracts.CaptureReport.Reading;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.CaptureReport.TypeCount.Outcome;
import io.tidemark.diff.history.Stamp;
import io.tidemark.diff.moved.Moves;
import io.tidemark.diff.seal.Acceptances;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Lists snapshots, and takes what operators say of them. */
@Path("/api/v1/tenants/{tenant}/snapshots")
@Produces(MediaType.APPLICATION_JSON)
class SnapshotResource {

    private static final int LONGEST_LABEL = 200;
    private static final int LONGEST_REASON = 2000;

    private final SnapshotStore snapshots;
    private final Acceptances acceptances;
    private final Moves moves;

    SnapshotResource(SnapshotStore snapshots, Acceptances acceptances, Moves moves) {
        this.snapshots = snapshots;
        this.acceptances = acceptances;
        this.moves = moves;
    }

    /** Who takes a suspect snapshot to be good, and why. */
    public record AcceptanceOrder(
            @Nullable String by, @Nullable String reason) {}

    /** What is to be changed of what a snapshot is called and whether it is pinned; what is left out stays. */
    public record RemarkOrder(
            @Nullable String label, @Nullable Boolean pinned) {}

    /** Whether retention may take anything from the tenant, and if not, because of which suspect snapshots. */
    public record RetentionView(boolean frozen, List<String> because) {}

    /** A type that was not read, or not all of it, and why. */
    public record ExceptionView(
            String type, Outcome outcome, @Nullable String reason) {}

    /** One type: how its reading ended, how and when it was read, how many are present and the digest of those. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TypeView(
            String type,
            Outcome outcome,
            @Nullable String reason,
            @Nullable Reading reading,
            long present,
            String digest) {

        static TypeView of(TypeCount count) {
            return new TypeView(
                    count.type(),
                    count.outcome(),
                    count.reason(),
                    count.reading(),
                    count.present(),
                    count.presentDigest());
        }
    }

    /**
     * A snapshot as shown. Of one that is asked for by its id it is also told how many moved while it was read, if it is settled, what is
     * not in it, and every type.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SnapshotView(
            String snapshotId,
            String tenantId,
            Snapshot.State state,
            String mode,
            @Nullable String label,
            boolean pinned,
            Instant startedAt,
            @Nullable Instant instant,
            Map<String, Long> counts,
            @Nullable Map<String, Long> moved,
            @Nullable List<ExceptionView> exceptions,
            @Nullable List<TypeView> types,
            List<String> suspect,
            @Nullable String reason,
            @Nullable Instant sealedAt,
            Snapshot.@Nullable Acceptance accepted) {

        static SnapshotView of(Snapshot snapshot) {
            return of(snapshot, null, null, null);
        }

        static SnapshotView of(
                Snapshot snapshot,
                @Nullable Map<String, Long> moved,
                @Nullable List<ExceptionView> exceptions,
                @Nullable List<TypeView> types) {
            return new SnapshotView(
                    snapshot.id(),
                    snapshot.tenant().toString(),
                    snapshot.state(),
                    snapshot.capture().mode().name(),
                    snapshot.remarks().label(),
                    snapshot.remarks().pinned(),
                    snapshot.capture().startedAt(),
                    snapshot.instant(),
                    snapshot.counts(),
                    moved,
                    exceptions,
                    types,
                    snapshot.suspect(),
                    snapshot.reason(),
                    snapshot.sealedAt(),
                    snapshot.remarks().accepted());
        }
    }

    /** One page of snapshots. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SnapshotPage(
            List<SnapshotView> snapshots,
            RetentionView retention,
            @Nullable String next) {}

    @GET
    public SnapshotPage list(
            @RestPath String tenant,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        TenantId owner = Requests.tenant(tenant);
        SnapshotStore.Page page =
                snapshots.list(owner, Requests.limit(limit), cursor == null ? null : position(cursor));
        List<String> doubted = snapshots.doubted(owner).stream().sorted().toList();
        return new SnapshotPage(
                page.snapshots().stream().map(SnapshotView::of).toList(),
                new RetentionView(!doubted.isEmpty(), doubted),
                page.next() == null ? null : Requests.encoded(page.next()));
    }

    /** One that was altered must not be answered with a page that passes for the next. */
    private static String position(String cursor) {
        String position = Requests.decoded(cursor);
        try {
            Instant unused = Stamp.parse(position.substring(0, Math.max(0, position.indexOf('|'))));
            return position;
        } catch (DateTimeException e) {
            throw ProblemException.badRequest("invalid-cursor", "'cursor' is not one of ours");
        }
    }

    @GET
    @Path("/{id}")
    public SnapshotView find(@RestPath String tenant, @RestPath String id) {
        Snapshot snapshot = known(Requests.tenant(tenant), id);
        boolean settled = snapshot.state() != Snapshot.State.PENDING;
        return SnapshotView.of(
                snapshot,
                settled ? moves.counts(snapshot) : null,
                exceptions(snapshot),
                snapshot.capture().types().stream().map(TypeView::of).toList());
    }

    private static List<ExceptionView> exceptions(Snapshot snapshot) {
        return snapshot.capture().types().stream()
                .filter(type -> type.outcome() != Outcome.COMPLETE && type.outcome() != Outcome.CARRIED)
                .map(type -> new ExceptionView(type.type(), type.outcome(), type.reason()))
                .toList();
    }

    /** Takes a suspect snapshot to be good; again and again with the same result. */
    @POST
    @Path("/{id}/accept")
    @Consumes(MediaType.APPLICATION_JSON)
    public SnapshotView accept(@RestPath String tenant, @RestPath String id, @Nullable AcceptanceOrder order) {
        String by = order == null || order.by() == null ? "" : order.by().strip();
        String reason =
                order == null || order.reason() == null ? "" : order.reason().strip();
        if (by.isEmpty() || by.length() > LONGEST_LABEL) {
            throw ProblemException.badRequest(
                    "by-missing", "'by' must say who accepts, in at most " + LONGEST_LABEL + " characters");
        }
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw ProblemException.badRequest(
                    "reason-missing", "'reason' must say why, in at most " + LONGEST_REASON + " characters");
        }
        return SnapshotView.of(acceptances.accept(Requests.tenant(tenant), id, by, reason));
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public SnapshotView remark(@RestPath String tenant, @RestPath String id, @Nullable RemarkOrder order) {
        if (order == null || order.label() == null && order.pinned() == null) {
            throw ProblemException.badRequest("nothing-to-change", "'label' or 'pinned' must be given");
        }
        if (order.label() != null && order.label().length() > LONGEST_LABEL) {
            throw ProblemException.badRequest(
                    "label-too-long", "'label' must have at most " + LONGEST_LABEL + " characters");
        }
        TenantId owner = Requests.tenant(tenant);
        Snapshot unused = known(owner, id);
        snapshots.remark(owner, id, order.label(), order.pinned());
        return SnapshotView.of(known(owner, id));
    }

    private Snapshot known(TenantId tenant, String id) {
        return snapshots.fetch(tenant, id);
    }
}
