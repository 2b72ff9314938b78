package io.tidemark.snapshot;

import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.ConfigProvider;

/** The simulated tenant from outside: an administrator's hand through Graph, and a look at what is really in it. */
public final class SimulatedTenant {

    private static final Map<String, String> TYPES = new TreeMap<>(Map.of(
            "users", "user",
            "groups", "group",
            "applications", "application",
            "servicePrincipals", "servicePrincipal",
            "conditionalAccessPolicies", "conditionalAccessPolicy",
            "namedLocations", "namedLocation",
            "roleAssignments", "roleAssignment"));
    private static final Set<String> LINKS =
            Set.of("group.members", "group.owners", "application.owners", "servicePrincipal.owners", "user.manager");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String graph = setting("simulator.graph") + "/v1.0/";
    private final String control = setting("simulator.control");
    private final String token = token();

    /** Whether {@link #present()} tells of this type. */
    static boolean tellsOf(String type) {
        return TYPES.containsValue(type) || LINKS.contains(type);
    }

    public static String id() {
        return setting("simulator.tenant");
    }

    /** Sends a change through Graph. */
    public String change(String method, String path, String body) {
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(graph + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json"));
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    method + " " + path + " gave " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    public void delete(String path) {
        String unused = change("DELETE", path, "");
    }

    public void reference(String path, String target) {
        String unused = change("POST", path, "{\"@odata.id\":\"" + graph + "directoryObjects/" + target + "\"}");
    }

    public void setManager(String user, String manager) {
        String unused = change(
                "PUT", "users/" + user + "/manager/$ref", "{\"@odata.id\":\"" + graph + "users/" + manager + "\"}");
    }

    /** Makes something go wrong from now on; {@code none} ends it. */
    public void fault(String rule) {
        HttpResponse<String> unused = send(
                rule.equals("none")
                        ? HttpRequest.newBuilder(URI.create(control + "/faults"))
                                .DELETE()
                        : HttpRequest.newBuilder(URI.create(control + "/faults"))
                                .POST(HttpRequest.BodyPublishers.ofString(rule)));
    }

    /** Everything that is there and that anybody can see, as keys {@code type|id}. */
    public Set<String> present() {
        Set<String> alive = new HashSet<>();
        List<JsonObject> lines = export();
        for (JsonObject line : lines) {
            if (!isDeleted(line)) {
                alive.add(idOf(line));
            }
        }
        Set<String> present = new TreeSet<>();
        for (JsonObject line : lines) {
            String type = TYPES.get(line.findString("collection").orElse(""));
            if (type == null || isDeleted(line)) {
                continue;
            }
            present.add(type + "|" + idOf(line));
            if (line.find("links").orElse(JsonNull.NULL) instanceof JsonObject links) {
                links.members()
                        .forEach((relation, targets) -> addLinks(type, relation, idOf(line), targets, alive, present));
            }
        }
        return present;
    }

    /** The ids of some objects of a collection that fit. */
    public List<String> some(String collection, Predicate<JsonObject> wanted) {
        List<String> ids = new ArrayList<>();
        for (JsonObject line : export()) {
            if (line.findString("collection").orElse("").equals(collection)
                    && !isDeleted(line)
                    && wanted.test(object(line))) {
                ids.add(idOf(line));
            }
        }
        return ids;
    }

    private static void addLinks(
            String type, String relation, String source, JsonValue targets, Set<String> alive, Set<String> present) {
        String link = type + "." + relation;
        if (LINKS.contains(link) && targets instanceof JsonArray array) {
            for (JsonValue target : array.elements()) {
                String id = ((JsonString) target).value();
                if (alive.contains(id)) {
                    present.add(link + "|" + source + "~" + id);
                }
            }
        }
    }

    private List<JsonObject> export() {
        return send(HttpRequest.newBuilder(URI.create(control + "/export")))
                .body()
                .lines()
                .map(JsonText::parseObject)
                .toList();
    }

    private static JsonObject object(JsonObject line) {
        return (JsonObject) line.find("object").orElseThrow();
    }

    private static String idOf(JsonObject line) {
        return object(line).findString("id").orElseThrow();
    }

    private static boolean isDeleted(JsonObject line) {
        return object(line).findString("deletedDateTime").isPresent();
    }

    private String token() {
        String form = "grant_type=client_credentials&scope="
                + URLEncoder.encode("https://graph.microsoft.com/.default", StandardCharsets.UTF_8)
                + "&client_id=" + setting("simulator.writer.id")
                + "&client_secret=" + setting("simulator.writer.secret");
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(setting("simulator.graph") + "/" + id() + "/oauth2/v2.0/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
        return JsonText.parseObject(answer.body()).findString("access_token").orElseThrow();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
