package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What users registered to sign in with, told from their methods, their roles and the policies. Call it inside a read
 * or a write of the tenant.
 */
public final class RegistrationDetails {

    private static final JsonNode RULES = Json.resource("registration.json");
    private static final int GATES = 2;
    private static final String UNDATED = "2023-01-01T00:00:00Z";

    private final Tenant tenant;
    private final Kind kind;
    private final Map<String, Node> policies = new HashMap<>();
    private final boolean legacy;
    private final boolean administratorsReset;

    RegistrationDetails(Tenant tenant) {
        this.tenant = tenant;
        this.kind = Kinds.all().get("userRegistrationDetails");
        live("authenticationMethodConfigurations").forEach(one -> policies.put(one.id(), one));
        this.legacy = live("authenticationMethodsPolicy").stream()
                .noneMatch(one -> "migrationComplete".equals(one.entity().text("policyMigrationState")));
        this.administratorsReset = live("authorizationPolicy").stream()
                .allMatch(one -> one.entity().isTrue("allowedToUseSSPR"));
    }

    private List<Node> live(String collection) {
        return tenant.after(Kinds.all().get(collection), 0).stream()
                .filter(Node::live)
                .toList();
    }

    /** The details of a user; {@code null} if there are none: of disabled users nothing is reported. */
    @Nullable
    Node of(Node user) {
        if (!user.live()) {
            return null;
        }
        Node told = tenant.find(kind, user.id());
        if (told != null) {
            return new Node(kind, user.id(), user.sequence(), told.entity());
        }
        JsonNode enabled = user.entity().get("accountEnabled");
        return enabled != null && !enabled.isNull() && !enabled.asBoolean()
                ? null
                : new Node(kind, user.id(), user.sequence(), Entity.of(row(user)));
    }

    /** Whether somebody holds one of the roles that Graph counts as privileged here. */
    public static boolean privileged(Tenant tenant, Node user) {
        Set<String> held = Privilege.roles(tenant, user);
        for (JsonNode role : RULES.path("privileged")) {
            if (held.contains(role.asText())) {
                return true;
            }
        }
        return false;
    }

    /** What the methods of one user amount to. */
    private static final class Sum {
        private final Set<String> registered = new LinkedHashSet<>();
        private final Set<String> gates = new LinkedHashSet<>();
        private final Set<String> second = new LinkedHashSet<>();
        private boolean strong;
        private boolean capable;
        private boolean passwordless;
        private @Nullable String updated;

        void add(JsonNode rule, boolean allowed) {
            rule.path("registered").forEach(name -> registered.add(name.asText()));
            boolean proves = rule.path("strong").asBoolean();
            strong |= proves;
            capable |= allowed && proves;
            passwordless |= allowed && rule.path("passwordless").asBoolean();
            if (rule.has("gate")) {
                gates.add(rule.path("gate").asText());
            }
            if (allowed && rule.has("second")) {
                second.add(rule.path("second").asText());
            }
        }

        void at(@Nullable String moment) {
            if (moment != null && (updated == null || moment.compareTo(updated) > 0)) {
                updated = moment;
            }
        }
    }

    private Sum sum(Node user) {
        Sum sum = new Sum();
        sum.at(user.entity().text("createdDateTime"));
        for (Node method : user.targets("authentication/methods")) {
            JsonNode rule = rule(method);
            sum.at(method.entity().text("createdDateTime"));
            if (rule != null && method.live()) {
                sum.add(rule, allowed(rule, user));
            }
        }
        return sum;
    }

    private ObjectNode row(Node user) {
        Sum sum = sum(user);
        boolean admin = !Privilege.roles(tenant, user).isEmpty();
        boolean guest = "Guest".equals(user.entity().text("userType"));
        boolean mayReset =
                !guest && (admin ? administratorsReset : tenant.switches().selfServiceReset());
        boolean resets = sum.gates.size() >= GATES;
        String best = best(sum.second);
        ObjectNode row = Json.object();
        row.put("id", user.id());
        row.put("userPrincipalName", user.entity().text("userPrincipalName"));
        row.put("userDisplayName", user.entity().text("displayName"));
        row.put("userType", guest ? "guest" : "member");
        row.put("isAdmin", admin);
        row.put("isSsprRegistered", resets);
        row.put("isSsprEnabled", mayReset);
        row.put("isSsprCapable", resets && mayReset);
        row.put("isMfaRegistered", sum.strong);
        row.put("isMfaCapable", sum.capable);
        row.put("isPasswordlessCapable", sum.passwordless);
        row.put("lastUpdatedDateTime", sum.updated == null ? UNDATED : sum.updated);
        sum.registered.forEach(row.putArray("methodsRegistered")::add);
        row.put("isSystemPreferredAuthenticationMethodEnabled", true);
        row.putArray("systemPreferredAuthenticationMethods")
                .addAll(best == null ? List.of() : List.of(Json.text(best)));
        row.put("userPreferredMethodForSecondaryAuthentication", best == null ? "none" : best);
        return row;
    }

    private static @Nullable String best(Set<String> second) {
        for (JsonNode name : RULES.path("second")) {
            if (second.contains(name.asText())) {
                return name.asText();
            }
        }
        return null;
    }

    private static @Nullable JsonNode rule(Node method) {
        for (JsonNode rule : RULES.path("methods")) {
            boolean same = rule.path("of").asText().equals(method.kind().type());
            for (Map.Entry<String, JsonNode> one : rule.path("when").properties()) {
                same &= one.getValue().asText().equals(method.entity().text(one.getKey()));
            }
            if (same) {
                return rule;
            }
        }
        return null;
    }

    /** Whether a policy lets a user prove himself so; the old policies, which Graph does not show, let everybody. */
    private boolean allowed(JsonNode rule, Node user) {
        if (!rule.has("policies") || (legacy && rule.path("legacy").asBoolean())) {
            return true;
        }
        for (JsonNode name : rule.path("policies")) {
            Node policy = policies.get(name.asText());
            if (policy != null
                    && "enabled".equals(policy.entity().text("state"))
                    && meant(policy.entity().get("includeTargets"), user)
                    && !meant(policy.entity().get("excludeTargets"), user)) {
                return true;
            }
        }
        return false;
    }

    private static boolean meant(@Nullable JsonNode targets, Node user) {
        if (targets == null) {
            return false;
        }
        List<String> ids = new ArrayList<>();
        targets.forEach(target -> ids.add(target.path("id").asText()));
        if (ids.contains("all_users") || ids.contains(user.id())) {
            return true;
        }
        return !ids.isEmpty() && groups(user).stream().anyMatch(group -> ids.contains(group.id()));
    }

    private static Set<Node> groups(Node user) {
        Set<Node> reached = new LinkedHashSet<>();
        Deque<Node> open = new ArrayDeque<>(List.of(user));
        while (!open.isEmpty()) {
            for (Node next : open.remove().sources("members")) {
                if (next.live() && reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }
}
