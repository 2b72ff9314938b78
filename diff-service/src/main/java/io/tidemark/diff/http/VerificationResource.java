package io.tidemark.diff.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.diff.verify.Level;
import io.tidemark.diff.verify.Verdict;
import io.tidemark.diff.verify.Verifications;
import io.tidemark.diff.verify.VerifyOrder;
import io.tidemark.diff.work.Task;
import io.tidemark.diff.work.Task.Progress;
import io.tidemark.diff.work.Tasks;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Takes orders for the verification of snapshots and shows what came of them. */
@Path("/api/v1/tenants/{tenant}/snapshots/{snapshot}")
@Produces(MediaType.APPLICATION_JSON)
class VerificationResource {

    private static final String NDJSON = "application/x-ndjson";
    private static final double USUAL_SHARE = 0.05;

    private final Tasks tasks;
    private final SnapshotStore snapshots;
    private final Clock clock;

    VerificationResource(Tasks tasks, SnapshotStore snapshots, Clock clock) {
        this.tasks = tasks;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    /** How closely to look; a sample may say how large a share and with which seed. */
    public record VerificationOrder(
            @Nullable String level,
            @Nullable Double share,
            @Nullable Long seed) {}

    /** A verification as shown. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record VerificationView(
            String verificationId,
            String tenantId,
            String snapshotId,
            VerifyOrder order,
            Task.State state,
            Progress progress,
            @Nullable Verdict verdict,
            @Nullable String reason,
            Instant createdAt,
            @Nullable Instant endedAt) {

        static VerificationView of(Task task) {
            return new VerificationView(
                    task.id(),
                    task.tenant().toString(),
                    task.subject(),
                    Verifications.FORM.order(task),
                    task.state(),
                    task.progress(),
                    Verifications.FORM.result(task),
                    task.reason(),
                    task.createdAt(),
                    task.endedAt());
        }
    }

    /** The verifications of a snapshot, newest first. */
    public record VerificationsView(List<VerificationView> verifications) {}

    @POST
    @Path("/verify")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response verify(
            @RestPath String tenant,
            @RestPath String snapshot,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Nullable VerificationOrder asked) {
        TenantId owner = Requests.tenant(tenant);
        Snapshot known = snapshots.fetch(owner, snapshot);
        if (!known.isSealed()) {
            throw ProblemException.conflict(
                    "snapshot-not-sealed", "snapshot " + snapshot + " is " + known.state() + " and cannot be verified");
        }
        VerifyOrder order = order(asked);
        String again = idempotencyKey == null ? clock.instant().toString() : idempotencyKey;
        Task task = tasks.order(
                owner,
                Verifications.id(snapshot, order, again),
                Verifications.FORM.kind(),
                snapshot,
                Verifications.FORM.spelt(order));
        return Response.accepted(VerificationView.of(task))
                .location(URI.create(
                        "/api/v1/tenants/" + owner + "/snapshots/" + snapshot + "/verifications/" + task.id()))
                .build();
    }

    private static VerifyOrder order(@Nullable VerificationOrder asked) {
        VerificationOrder given = asked == null ? new VerificationOrder(null, null, null) : asked;
        Level level = Arrays.stream(Level.values())
                .filter(one -> one.name().equals(given.level()))
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest(
                        "level-missing", "'level' must be STRUCTURE, SAMPLE or EVERY_BYTE"));
        return new VerifyOrder(
                level, given.share() == null ? USUAL_SHARE : given.share(), given.seed() == null ? 0 : given.seed());
    }

    @GET
    @Path("/verifications")
    public VerificationsView list(
            @RestPath String tenant, @RestPath String snapshot, @QueryParam("limit") @DefaultValue("50") int limit) {
        return new VerificationsView(
                tasks.list(Requests.tenant(tenant), Verifications.FORM.kind(), snapshot, Requests.limit(limit)).stream()
                        .map(VerificationView::of)
                        .toList());
    }

    @GET
    @Path("/verifications/{id}")
    public VerificationView find(@RestPath String tenant, @RestPath String snapshot, @RestPath String id) {
        return VerificationView.of(known(tenant, snapshot, id));
    }

    /** What was found, one value a line. */
    @GET
    @Path("/verifications/{id}/findings")
    @Produces(NDJSON)
    public Response findings(@RestPath String tenant, @RestPath String snapshot, @RestPath String id) {
        Task task = known(tenant, snapshot, id);
        if (task.state() != Task.State.DONE) {
            throw ProblemException.conflict("verification-not-done", "the verification is " + task.state());
        }
        StreamingOutput lines = output -> {
            Writer writer = Requests.writer(output);
            try {
                tasks.lines(task, line -> write(writer, line));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            writer.flush();
        };
        return Response.ok(lines, NDJSON).build();
    }

    private static void write(Writer writer, String line) {
        try {
            writer.write(line);
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Task known(String tenant, String snapshot, String id) {
        return tasks.find(Requests.tenant(tenant), Verifications.FORM.kind(), id)
                .filter(task -> task.subject().equals(snapshot))
                .orElseThrow(() -> ProblemException.notFound("unknown-verification", "the verification is not known"));
    }
}
