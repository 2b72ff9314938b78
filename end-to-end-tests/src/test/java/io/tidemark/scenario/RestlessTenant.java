package io.tidemark.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.localstack.LocalStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Somebody else's program that changes and deletes at random, through Graph. What Graph refuses it leaves alone. */
final class RestlessTenant {

    private final HelpdeskTool tool;
    private final Random random;
    private final List<String> users;
    private final List<String> groups;
    private final List<String> applications;
    private final List<String> policies;
    private final List<String> units;
    private final List<String> places;
    private final String domain;

    RestlessTenant(LocalStack stack, long seed) {
        this.tool = new HelpdeskTool(stack);
        this.random = new Random(seed);
        this.users = ids("/users?$select=id&$top=999");
        this.groups = ids("/groups?$select=id&$top=999");
        this.applications = ids("/applications?$select=id&$top=999");
        this.policies = ids("/identity/conditionalAccess/policies");
        this.units = ids("/directory/administrativeUnits");
        this.places = ids("/identity/conditionalAccess/namedLocations");
        this.domain = tool.get("/domains").at("/value/0/id").asText();
    }

    /** Does one thing, or something that Graph refuses. */
    void stir() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> send("PATCH", "/users/" + any(users), "{\"city\":\"" + word() + "\"}");
            case 3 -> send("DELETE", "/users/" + any(users), "");
            case 4 -> send("POST", "/users", user());
            case 5 -> send("PATCH", "/groups/" + any(groups), "{\"description\":\"" + word() + "\"}");
            case 6 ->
                send(
                        "POST",
                        "/groups/" + any(groups) + "/members/$ref",
                        "{\"@odata.id\":\"" + tool.address() + "/directoryObjects/" + any(users) + "\"}");
            case 7 -> removeAnyMember();
            case 8 -> send("DELETE", "/groups/" + any(groups), "");
            case 9 -> changeApplication();
            case 10 ->
                send(
                        "PATCH",
                        "/identity/conditionalAccess/policies/" + any(policies),
                        "{\"displayName\":\"" + word() + "\"}");
            default -> changePlace();
        }
    }

    private void removeAnyMember() {
        String group = any(groups);
        // The group may be deleted by now.
        List<String> members = ids(tool.send("GET", "/groups/" + group + "/members?$select=id", ""));
        if (!members.isEmpty()) {
            send("DELETE", "/groups/" + group + "/members/" + any(members) + "/$ref", "");
        }
    }

    private void changeApplication() {
        if (applications.isEmpty()) {
            // Those of an earlier turn were deleted.
            return;
        }
        String application = "/applications/" + any(applications);
        if (random.nextInt(3) == 0) {
            send("DELETE", application, "");
        } else {
            send("PATCH", application, "{\"notes\":\"" + word() + "\"}");
        }
    }

    private void changePlace() {
        if (random.nextBoolean()) {
            send("PATCH", "/directory/administrativeUnits/" + any(units), "{\"description\":\"" + word() + "\"}");
        } else {
            send(
                    "PATCH",
                    "/identity/conditionalAccess/namedLocations/" + any(places),
                    "{\"@odata.type\":\"#microsoft.graph.ipNamedLocation\",\"displayName\":\"" + word() + "\"}");
        }
    }

    private String user() {
        String name = word();
        return "{\"accountEnabled\":true,\"displayName\":\"" + name + "\",\"mailNickname\":\"" + name
                + "\",\"userPrincipalName\":\"" + name + "@" + domain
                + "\",\"passwordProfile\":{\"password\":\"Pw-" + UUID.randomUUID() + "\"}}";
    }

    private String word() {
        return "w" + Long.toHexString(random.nextLong());
    }

    private String any(List<String> ids) {
        return ids.get(random.nextInt(ids.size()));
    }

    private List<String> ids(String path) {
        return ids(tool.get(path));
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("value").forEach(one -> ids.add(one.path("id").asText()));
        return ids;
    }

    private void send(String method, String path, String body) {
        JsonNode unused = tool.send(method, path, body);
    }
}
