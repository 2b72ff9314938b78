package io.tidemark.simulator.rules.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in that somebody asks about.
 *
 * @param actor the user or service principal who signs in
 * @param groups the groups that hold the actor, nested ones included
 * @param roles the role definitions that the actor holds in the whole directory
 * @param externalType what kind of guest the user is; empty for a member
 * @param context to what the actor signs in
 * @param conditions under which circumstances
 */
record SignIn(
        Node actor, Set<String> groups, Set<String> roles, String externalType, JsonNode context, JsonNode conditions) {

    /** The sign-in that a request describes. */
    static SignIn of(Tenant tenant, ObjectNode body) {
        JsonNode identity = body.path("signInIdentity");
        boolean service = identity.hasNonNull("servicePrincipalId");
        String id = identity.path(service ? "servicePrincipalId" : "userId").asText("");
        if (id.isEmpty()) {
            throw new GraphRefusal(
                    400, "BadRequest", "1011: The signInIdentity must name a user or service principal.");
        }
        Node actor = tenant.find(Kinds.all().get(service ? "servicePrincipals" : "users"), id);
        if (actor == null || !actor.live()) {
            throw GraphRefusal.notFound(id);
        }
        String told = identity.path("externalUserType").asText("none");
        boolean guest = "Guest".equals(actor.entity().text("userType"));
        String type = !told.equals("none") ? told : guest ? "b2bCollaborationGuest" : "";
        Set<String> groups = new HashSet<>();
        gather(actor, groups);
        return new SignIn(
                actor,
                groups,
                roles(tenant, id, groups),
                type,
                body.path("signInContext"),
                body.path("signInConditions"));
    }

    private static void gather(Node member, Set<String> into) {
        for (Node group : member.sources("members")) {
            if (group.live()
                    && group.kind().type().equals("group")
                    && into.add(group.id().toLowerCase(Locale.ROOT))) {
                gather(group, into);
            }
        }
    }

    private static Set<String> roles(Tenant tenant, String actor, Set<String> groups) {
        Set<String> holders = new HashSet<>(groups);
        holders.add(actor);
        Set<String> roles = new HashSet<>();
        for (String holder : holders) {
            for (Node assignment : tenant.allBy(Kinds.all().get("roleAssignments"), "principalId", holder)) {
                if (assignment.live() && "/".equals(assignment.entity().text("directoryScopeId"))) {
                    roles.add(String.valueOf(assignment.entity().text("roleDefinitionId"))
                            .toLowerCase(Locale.ROOT));
                }
            }
        }
        return roles;
    }

    boolean service() {
        return actor.kind().type().equals("servicePrincipal");
    }

    /** What is told of a circumstance; {@code null} if nothing is. */
    @Nullable
    String told(String condition) {
        JsonNode value = conditions.path(condition);
        return value.isTextual() && !value.asText().isEmpty() ? value.asText() : null;
    }
}
