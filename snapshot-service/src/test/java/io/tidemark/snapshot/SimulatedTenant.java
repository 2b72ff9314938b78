package io.tidemark.snapshot;

import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.ConfigProvider;

/** The simulated tenant from outside: an administrator's hand through Graph, and a look at what is really in it. */
public final class SimulatedTenant {

    private final HttpClient http = HttpClient.newHttpClient();
    private final String graph = setting("simulator.graph") + "/v1.0/";
    private final String control = setting("simulator.control");
    private final String token = token();

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
        return exported().present();
    }

    /** The ids of some objects of a collection that fit. */
    public List<String> some(String collection, Predicate<JsonObject> wanted) {
        return exported().some(collection, wanted);
    }

    /** What the simulator says of itself. */
    public ExportedTenant exported() {
        return ExportedTenant.of(URI.create(control));
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
