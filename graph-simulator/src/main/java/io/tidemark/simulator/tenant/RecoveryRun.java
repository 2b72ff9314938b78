package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One recovery or preview job on its way: it reads the backup, compares, and puts back a few changes a second. */
public final class RecoveryRun {

    private static final double COMPARED_A_SECOND = 37;
    private static final double APPLIED_A_SECOND = 4.6;
    private static final Set<String> TERMINAL = Set.of("successful", "failed", "abandoned");
    private static final Set<String> PRINCIPALS =
            Set.of("servicePrincipal", "oAuth2PermissionGrant", "appRoleAssignment");

    private final Node job;
    private final Caller caller;
    private final Instant backup;
    private final boolean preview;
    private final List<RecoveryChange> plan = new ArrayList<>();
    private final List<ObjectNode> shown = new ArrayList<>();
    private final List<ObjectNode> failed = new ArrayList<>();
    private Instant due;
    private Instant runningSince;
    private int applied;
    private int weight;
    private int objects;
    private int links;

    RecoveryRun(Node job, Caller caller, Instant backup, Instant started) {
        this.job = job;
        this.caller = caller;
        this.backup = backup;
        this.preview = job.kind().type().equals("recoveryPreviewJob");
        this.due = started.plusSeconds(1);
        this.runningSince = started;
    }

    Node job() {
        return job;
    }

    Caller caller() {
        return caller;
    }

    /** When something happens next. */
    Instant due() {
        return due;
    }

    public boolean over() {
        return TERMINAL.contains(status());
    }

    private String status() {
        return String.valueOf(job.entity().text("status"));
    }

    /** What the job found, or what it could not do. */
    List<ObjectNode> changes() {
        if (!status().equals("successful")) {
            throw GraphRefusal.badRequest("Job with identifier " + job.id()
                    + " must have completed successfully prior to enumerating changes.");
        }
        return preview ? shown : failed;
    }

    /** Does what is due by now. */
    void settle(TenantWriter writer, History history, Duration loading, Instant now) {
        while (!over() && !due.isAfter(now)) {
            switch (status()) {
                case "initialized" -> {
                    boolean loaded = history.load(backup);
                    due = loaded ? due : due.plus(loading);
                    become(writer, "loadingData", Map.of(), null);
                }
                case "loadingData" -> compare(writer, history);
                case "calculating" -> compared(writer);
                default -> {
                    apply(writer, due);
                    finish(writer);
                }
            }
        }
        if (status().equals("running")) {
            apply(writer, now);
        }
    }

    private void compare(TenantWriter writer, History history) {
        JsonNode criteria = job.entity().get("filteringCriteria");
        for (Node node : history.touched(backup)) {
            RecoveryScope.Type type = RecoveryScope.all().of(node.kind());
            RecoveryChange change = type == null || !wanted(criteria, type, node)
                    ? null
                    : RecoveryChange.of(history, backup, node, type);
            if (change != null) {
                plan.add(change);
            }
        }
        int all = plan.stream().mapToInt(RecoveryChange::weight).sum();
        if (preview) {
            plan.forEach(change -> shown.add(change.shown(due, null)));
        }
        Map<String, JsonNode> totals = new LinkedHashMap<>();
        totals.put("totalChangedObjectsCalculated", IntNode.valueOf(plan.size()));
        totals.put("totalChangedLinksCalculated", IntNode.valueOf(all - plan.size()));
        become(writer, "calculating", totals, null);
        due = due.plusMillis(Math.round(1000 * all / COMPARED_A_SECOND));
    }

    private static boolean wanted(@Nullable JsonNode criteria, RecoveryScope.Type type, Node node) {
        if (criteria == null || criteria.isNull()) {
            return true;
        }
        for (JsonNode name : criteria.path("entityTypes")) {
            boolean together = PRINCIPALS.contains(name.asText()) && PRINCIPALS.contains(type.name());
            if (name.asText().equals(type.name()) || together) {
                return true;
            }
        }
        for (JsonNode value : criteria.path("filterValues")) {
            String wanted = value.path("entityType").asText();
            String with = type.with();
            String id = with != null && wanted.equals("servicePrincipal")
                    ? String.valueOf(node.entity().text(with))
                    : wanted.equals(type.name()) ? node.id() : "";
            Set<String> ids = new LinkedHashSet<>();
            value.path("entityIds").forEach(one -> ids.add(one.asText().toLowerCase(Locale.ROOT)));
            if (ids.contains(id.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private void compared(TenantWriter writer) {
        if (preview) {
            finish(writer);
            return;
        }
        // What another directory masters is shown and not touched.
        plan.removeIf(change -> Synced.is(change.node()) && change.links() == 0);
        runningSince = due;
        int all = plan.stream().mapToInt(RecoveryChange::weight).sum();
        become(writer, "running", Map.of(), null);
        due = due.plusMillis(Math.round(1000 * all / APPLIED_A_SECOND));
    }

    private void apply(TenantWriter writer, Instant now) {
        boolean end = !now.isBefore(due);
        double room = Duration.between(runningSince, now).toMillis() / 1000.0 * APPLIED_A_SECOND;
        int before = applied;
        while (applied < plan.size() && (end || weight + plan.get(applied).weight() <= room)) {
            RecoveryChange change = plan.get(applied++);
            weight += change.weight();
            try {
                change.apply(writer);
                objects++;
                links += change.links();
            } catch (GraphRefusal refusal) {
                failed.add(change.shown(now, refusal.getMessage()));
            }
        }
        if (applied > before) {
            become(writer, "running", counts(), null);
        }
    }

    private Map<String, JsonNode> counts() {
        Map<String, JsonNode> counts = new LinkedHashMap<>();
        counts.put("totalObjectsModified", IntNode.valueOf(objects));
        counts.put("totalLinksModified", IntNode.valueOf(links));
        counts.put("totalFailedChanges", IntNode.valueOf(failed.size()));
        return counts;
    }

    private void finish(TenantWriter writer) {
        Map<String, JsonNode> last = preview ? new LinkedHashMap<>() : counts();
        last.put("jobCompletionDateTime", Json.time(due));
        become(writer, "successful", last, preview ? "Recovery preview job completed" : "Recovery job completed");
    }

    /** Ends the job; what it has put back stays. */
    public void cancel(TenantWriter writer) {
        Map<String, JsonNode> last = preview ? new LinkedHashMap<>() : counts();
        last.put("jobCompletionDateTime", Json.time(writer.context().time()));
        become(writer, "abandoned", last, preview ? "Cancel recovery preview job" : "Cancel recovery job");
    }

    private void become(TenantWriter writer, String status, Map<String, JsonNode> more, @Nullable String activity) {
        Map<String, JsonNode> next = new LinkedHashMap<>(more);
        next.put("status", Json.text(status));
        writer.change(job, next, activity);
    }
}
