package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The native backup and recovery of one tenant: daily backups and one job at a time. */
public final class Recovery {

    private static final Duration KEPT = Duration.ofDays(7);

    private final History history;
    private final Map<String, RecoveryRun> runs = new LinkedHashMap<>();

    Recovery(Instant now) {
        this.history = new History(now);
    }

    History history() {
        return history;
    }

    /** When something happens next. */
    Instant due() {
        Instant due = history.next();
        RecoveryRun run = running();
        return run != null && run.due().isBefore(due) ? run.due() : due;
    }

    /** The job that is not over; {@code null} if there is none. */
    @Nullable
    public RecoveryRun running() {
        for (RecoveryRun run : runs.values()) {
            if (!run.over()) {
                return run;
            }
        }
        return null;
    }

    public void start(Node job, Caller caller, Instant backup, Instant now) {
        runs.put(job.id(), new RecoveryRun(job, caller, backup, now));
    }

    /** A job by its id; {@code null} if nobody remembers it. */
    @Nullable
    public RecoveryRun run(String id) {
        return runs.get(id);
    }

    /** Makes backups, moves the running job on and forgets old jobs. */
    void settle(Tenant tenant, Instant now) {
        RecoveryRun run = running();
        if (run != null) {
            // The job goes on before the next backup, which then has what it did.
            tenant.write(Ageing.context(tenant, now, run.caller()), writer -> {
                writer.leaveNoTrace();
                run.settle(writer, history, loading(tenant), now);
                return true;
            });
        }
        history.roll(now);
        for (RecoveryRun old : List.copyOf(runs.values())) {
            String end = old.job().entity().text("jobCompletionDateTime");
            if (end != null && Moment.of(end, now).plus(KEPT).isBefore(now)) {
                runs.remove(old.job().id());
                tenant.drop(old.job());
            }
        }
    }

    /** The first look into a backup takes longer the larger the directory is. */
    private static Duration loading(Tenant tenant) {
        int size = Kinds.all().values().stream()
                .filter(RecoveryScope.all()::covers)
                .mapToInt(tenant::count)
                .sum();
        double times = size > 1_000_000 ? 2.5 : size > 300_000 ? 2 : size > 50_000 ? 1.5 : 1;
        return Duration.ofMillis(Math.round(tenant.switches().recoveryLoad() * 1000.0 * times));
    }

    /** The backups, newest first. */
    List<Node> snapshots(Kind kind) {
        List<Node> found = new ArrayList<>();
        List<Instant> backups = history.backups();
        for (int i = backups.size() - 1; i >= 0; i--) {
            Instant backup = backups.get(i);
            ObjectNode object = Json.object();
            String id = id(backup);
            object.put("id", id);
            object.set("createdDateTime", Json.time(backup));
            object.put("totalChangedObjects", history.changed(backup));
            found.add(new Node(kind, id, 0, Entity.of(object)));
        }
        return found;
    }

    private static String id(Instant backup) {
        return Base64.getEncoder().encodeToString(backup.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The changes that a job found or could not make. */
    List<Node> changes(Node job, Kind kind) {
        RecoveryRun run = runs.get(job.id());
        if (run == null) {
            throw GraphRefusal.notFound(job.id());
        }
        List<Node> nodes = new ArrayList<>();
        for (ObjectNode change : run.changes()) {
            nodes.add(new Node(kind, change.path("id").asText(), nodes.size() + 1L, Entity.of(change)));
        }
        return nodes;
    }
}
