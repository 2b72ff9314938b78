package io.tidemark.simulator.rules.governance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What reviewers decide, one by one or all together, and what follows when it is applied. */
final class ReviewDecisions implements KindRules {

    private static final String OPEN = "NotReviewed";
    private static final String DENIED = "Deny";
    private static final String OVER = "Completed";

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        if (body.has("decision")) {
            body.properties()
                    .put("reviewedBy", AccessReviewRules.by(writer.context().caller()));
            body.properties().put("reviewedDateTime", Json.time(writer.context().time()));
        }
    }

    private static List<Node> of(Node review) {
        return review.targets("decisions").stream().filter(Node::live).toList();
    }

    private static void decide(TenantWriter writer, Node item, String decision, @Nullable String why) {
        Map<String, JsonNode> changes = new LinkedHashMap<>();
        boolean open = decision.equals(OPEN);
        changes.put("decision", Json.text(decision));
        changes.put("justification", Json.text(why));
        changes.put(
                "reviewedBy",
                open ? Json.text(null) : AccessReviewRules.by(writer.context().caller()));
        changes.put(
                "reviewedDateTime",
                open ? Json.text(null) : Json.time(writer.context().time()));
        writer.change(item, changes, null);
    }

    private static boolean open(Node item) {
        String decision = item.entity().text("decision");
        return decision == null || decision.equals(OPEN);
    }

    /** Decides what is open as Graph recommends. */
    static Outcome accept(TenantWriter writer, Node review, ObjectNode body) {
        for (Node item : of(review)) {
            String recommended = String.valueOf(item.entity().text("recommendation"));
            if (open(item) && (recommended.equals("Approve") || recommended.equals(DENIED))) {
                decide(writer, item, recommended, "Accepted recommendation");
            }
        }
        return Outcome.empty(204);
    }

    /** Decides everything that the request means alike. */
    static Outcome record(TenantWriter writer, Node review, ObjectNode body) {
        String decision = body.path("decision").asText("");
        if (!List.of("Approve", DENIED, OPEN, "DontKnow").contains(decision)) {
            throw GraphRefusal.invalidValue("decision", null);
        }
        for (Node item : of(review)) {
            if (meant(item, "principal", body.path("principalId"))
                    && meant(item, "resource", body.path("resourceId"))) {
                decide(writer, item, decision, body.path("justification").asText(null));
            }
        }
        return Outcome.empty(204);
    }

    private static boolean meant(Node item, String side, JsonNode id) {
        return !id.isTextual() || id.asText().equals(told(item, side));
    }

    private static String told(Node item, String side) {
        JsonNode end = item.entity().get(side);
        return end == null ? "" : end.path("id").asText();
    }

    /** Opens everything again. */
    static Outcome reset(TenantWriter writer, Node review, ObjectNode body) {
        of(review).forEach(item -> decide(writer, item, OPEN, null));
        return Outcome.empty(204);
    }

    /** Takes away what was denied: members leave the group that was reviewed. */
    static Outcome apply(TenantWriter writer, Node review, ObjectNode body) {
        if (!OVER.equals(review.entity().text("status"))) {
            throw GraphRefusal.badRequest("The decisions of an access review can be applied when it is completed.");
        }
        for (Node item : of(review)) {
            Node group = writer.tenant().find(Kinds.all().get("groups"), told(item, "resource"));
            Node member = writer.tenant().findAny(told(item, "principal"));
            boolean denied = DENIED.equals(item.entity().text("decision"));
            if (denied && group != null && member != null && group.pointsTo("members", member)) {
                writer.links().remove(group, relation(group), member.id());
            }
            Map<String, JsonNode> changes = new LinkedHashMap<>();
            changes.put("applyResult", Json.text(open(item) ? "NotApplied" : "AppliedSuccessfully"));
            changes.put("appliedDateTime", Json.time(writer.context().time()));
            changes.put("appliedBy", AccessReviewRules.by(writer.context().caller()));
            writer.change(item, changes, null);
        }
        writer.change(review, Map.of("status", Json.text("Applied")), "Apply access review");
        return Outcome.empty(204);
    }

    private static Relation relation(Node group) {
        Relation members = group.kind().relation("members");
        if (members == null) {
            throw new IllegalStateException("groups have no members");
        }
        return members;
    }
}
