package io.tidemark.simulator.rules.user;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.Privilege;
import io.tidemark.simulator.tenant.Restricted;
import io.tidemark.simulator.tenant.Synced;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.List;
import java.util.Map;

/** What can be done with users. */
final class UserActions {

    private UserActions() {}

    /** Ends all sessions: tokens issued before are worth nothing. */
    static Outcome revokeSessions(TenantWriter writer, Node user, ObjectNode body) {
        Restricted.guard(writer, user);
        writer.change(
                user,
                Map.of(
                        "signInSessionsValidFromDateTime",
                        Json.time(writer.context().time())),
                "Update StsRefreshTokenValidFrom Timestamp");
        return Outcome.value("Edm.Boolean", BooleanNode.TRUE);
    }

    /** A signed-in user sets another password; an application cannot. */
    static Outcome changePassword(TenantWriter writer, Node user, ObjectNode body) {
        String current = body.path("currentPassword").asText();
        String next = body.path("newPassword").asText();
        if (!user.id().equals(writer.context().caller().userId())) {
            throw GraphRefusal.denied();
        }
        if (current.isEmpty() || next.length() < 8 || next.equals(current)) {
            throw GraphRefusal.badRequest(
                    "The specified password does not comply with password complexity requirements. Please provide a"
                            + " different password.");
        }
        writer.change(
                user,
                Map.of("lastPasswordChangeDateTime", Json.time(writer.context().time())),
                "Change user password");
        return Outcome.empty(204);
    }

    /** An administrator sets a password through the password method. */
    static Outcome resetPassword(TenantWriter writer, Node method, ObjectNode body) {
        String location = null;
        for (Node user : method.sources("authentication/methods")) {
            Restricted.guard(writer, user);
            Privilege.guard(writer, user);
            if (Synced.is(user)) {
                throw Synced.refusal();
            }
            writer.change(
                    user,
                    Map.of(
                            "lastPasswordChangeDateTime",
                            Json.time(writer.context().time())),
                    "Reset password");
            location = "/users/" + user.id() + "/authentication/operations/" + operation(writer, user);
        }
        boolean given = body.hasNonNull("newPassword");
        ObjectNode answer = Json.object();
        answer.put("newPassword", given ? null : writer.tenant().newSecret().substring(0, 12));
        return new Outcome(202, answer, "microsoft.graph.passwordResetResponse", List.of(), false, location);
    }

    /** What can be asked for afterwards: the reset was done at once. */
    private static String operation(TenantWriter writer, Node user) {
        String now = Json.time(writer.context().time()).asText();
        ObjectNode operation = Json.object();
        operation.put("createdDateTime", now);
        operation.put("lastActionDateTime", now);
        operation.put("status", "succeeded");
        Relation relation = user.kind().relation("authentication/operations");
        Node made = writer.create(Kinds.all().get("authenticationOperations"), operation, user, relation);
        return String.valueOf(made.entity().text("id"));
    }

    static Outcome smsSignIn(TenantWriter writer, Node phone, boolean on) {
        if (!"mobile".equals(phone.entity().text("phoneType"))) {
            throw GraphRefusal.badQuery("Sign-in by text message is for mobile phones only.");
        }
        writer.change(phone, Map.of("smsSignInState", Json.text(on ? "ready" : "notEnabled")), null);
        return Outcome.empty(204);
    }
}
