package io.tidemark.simulator.rules.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Restricted;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What users prove themselves with. */
final class AuthenticationMethodRules implements KindRules {

    static final String PASSWORD = "28c10230-6103-485e-b985-444c60001490";
    private static final String EMAIL = "3ddfcfc8-9383-446f-83cc-3ab9be4be18f";
    private static final Map<String, String> PHONES = Map.of(
            "mobile", "3179e48a-750b-4051-897c-87b9720928f7",
            "alternateMobile", "b6332ec1-7057-4abe-9331-3d72feddfe41",
            "office", "e37fc753-ff3b-4958-9484-eaa9425c82bc");
    private static final Pattern NUMBER = Pattern.compile("\\+\\d{1,3} ?\\d[\\d ]{3,20}(x\\d+)?");
    private static final Set<String> SINGLE =
            Set.of("emailAuthenticationMethod", "temporaryAccessPassAuthenticationMethod");
    private static final int SHORTEST_PASS = 10;
    private static final int LONGEST_PASS = 43_200;

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body, @Nullable Node parent) {
        if (parent == null) {
            throw GraphRefusal.badRequest("An authentication method belongs to a user.");
        }
        Restricted.guard(writer, parent);
        if (SINGLE.contains(kind.type()) && present(parent, kind)) {
            throw GraphRefusal.badQuery(
                    kind.type().startsWith("email")
                            ? "An email authentication method already exists for this user."
                            : "User already has a temporary access pass authentication method.");
        }
        switch (kind.type()) {
            case "phoneAuthenticationMethod" -> phone(body, parent, kind);
            case "emailAuthenticationMethod" -> body.properties().put("id", Json.text(EMAIL));
            case "temporaryAccessPassAuthenticationMethod" -> pass(writer, body);
            default -> {
                // Device-held methods need nothing more.
            }
        }
        body.properties().put("createdDateTime", Json.time(writer.context().time()));
    }

    private static boolean present(Node user, Kind kind) {
        return user.targets("authentication/methods").stream().anyMatch(m -> m.kind() == kind);
    }

    private static void phone(Body body, Node user, Kind kind) {
        String type = String.valueOf(body.text("phoneType"));
        String id = PHONES.get(type);
        number(body);
        if (id == null) {
            throw GraphRefusal.badQuery("The phone type is not valid.");
        }
        boolean taken = user.targets("authentication/methods").stream()
                .anyMatch(m -> m.kind() == kind && type.equals(m.entity().text("phoneType")));
        if (taken) {
            throw GraphRefusal.badQuery("A phone authentication method of type " + type + " already exists for user.");
        }
        boolean mobile = user.targets("authentication/methods").stream()
                .anyMatch(m -> "mobile".equals(m.entity().text("phoneType")));
        if (type.equals("alternateMobile") && !mobile) {
            throw GraphRefusal.badQuery("An alternate mobile phone needs a mobile phone first.");
        }
        body.properties().put("id", Json.text(id));
        body.properties().put("smsSignInState", Json.text("notAllowedByPolicy"));
    }

    private static void number(Body body) {
        String number = body.text("phoneNumber");
        if (number != null && !NUMBER.matcher(number).matches()) {
            throw GraphRefusal.badQuery("The phone number is not in the expected format.");
        }
    }

    private static void pass(TenantWriter writer, Body body) {
        JsonNode lifetime = body.properties().get("lifetimeInMinutes");
        if (lifetime != null && (lifetime.asInt() < SHORTEST_PASS || lifetime.asInt() > LONGEST_PASS)) {
            throw GraphRefusal.badQuery("The lifetime of a temporary access pass is from 10 to 43200 minutes.");
        }
        body.defaultTo("startDateTime", Json.time(writer.context().time()));
        body.properties().put("isUsable", BooleanNode.TRUE);
        body.properties().put("methodUsabilityReason", Json.text("EnabledByPolicy"));
        writer.context()
                .revealed()
                .put("temporaryAccessPass", writer.tenant().newSecret().substring(0, 8));
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        guard(writer, node);
        number(body);
        String type = node.entity().text("phoneType");
        if (body.has("phoneType") && !String.valueOf(type).equals(body.text("phoneType"))) {
            throw GraphRefusal.badQuery("The type of a phone cannot be changed.");
        }
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        guard(writer, node);
    }

    private static void guard(TenantWriter writer, Node node) {
        node.sources("authentication/methods").forEach(user -> Restricted.guard(writer, user));
    }
}
