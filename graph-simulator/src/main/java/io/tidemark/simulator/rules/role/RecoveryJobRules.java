package io.tidemark.simulator.rules.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Moment;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.Privilege;
import io.tidemark.simulator.tenant.RecoveryRun;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs of the native recovery: one at a time, a hundred objects by id at most. */
final class RecoveryJobRules implements KindRules {

    private static final int MOST_IDS = 100;

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body, @Nullable Node parent) {
        if (parent == null) {
            throw GraphRefusal.badRequest("A recovery job belongs to a snapshot.");
        }
        operator(writer);
        if (writer.tenant().recovery().running() != null) {
            throw new GraphRefusal(
                    409,
                    "Conflict",
                    "A recovery job is currently in progress. Wait until it has completed before you start another.");
        }
        JsonNode criteria = body.properties().get("filteringCriteria");
        int ids = 0;
        for (JsonNode value : criteria == null ? Json.array() : criteria.path("filterValues")) {
            ids += value.path("entityIds").size();
        }
        if (ids > MOST_IDS) {
            throw GraphRefusal.badRequest("At most " + MOST_IDS + " entity ids can be given for one job.");
        }
        Map<String, JsonNode> properties = body.properties();
        properties.put("status", Json.text("initialized"));
        properties.put("targetStateDateTime", Json.text(parent.entity().text("createdDateTime")));
        properties.put("jobStartDateTime", Json.time(writer.context().time()));
        if (kind.type().equals("recoveryJob")) {
            for (String count : new String[] {"totalObjectsModified", "totalLinksModified", "totalFailedChanges"}) {
                properties.put(count, IntNode.valueOf(0));
            }
        }
    }

    /** Who starts or ends a job is signed in and holds the role for it. */
    private static void operator(TenantWriter writer) {
        String user = writer.context().caller().userId();
        Node actor = user == null ? null : writer.tenant().findAny(user);
        if (actor == null || !Privilege.recovers(writer.tenant(), actor)) {
            throw GraphRefusal.denied();
        }
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        writer.tenant()
                .recovery()
                .start(
                        node,
                        writer.context().caller(),
                        Moment.of(
                                String.valueOf(node.entity().text("targetStateDateTime")),
                                writer.context().time()),
                        writer.context().time());
        writer.tenant().hurry();
    }

    /** Ends a job that is under way. */
    static Outcome cancel(TenantWriter writer, Node job, ObjectNode body) {
        operator(writer);
        RecoveryRun run = writer.tenant().recovery().run(job.id());
        if (run == null || run.over()) {
            throw GraphRefusal.badRequest("Job with identifier " + job.id() + " has already come to its end.");
        }
        run.cancel(writer);
        return Outcome.accepted("/directory/recovery/jobs/" + job.id());
    }
}
