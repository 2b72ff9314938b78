package io.tidemark.snapshot.capture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** A server between a capture and Graph: it makes pages small, and shows them otherwise than Graph does where it is told to. */
final class MeddledGraph implements AutoCloseable {

    /** What is done to an answer of success. */
    enum Mischief {
        /** A page comes twice. */
        PAGE_REPEATED,
        /** A page is left out, as if it had never been. */
        PAGE_MISSING,
        /** A page without anything is put between two. */
        PAGE_EMPTY,
        /** An error that calls itself success. */
        ERROR_CALLED_SUCCESS,
        /** A page that holds no list. */
        NO_LIST
    }

    private static final Set<String> OWN_HEADERS = Set.of(
            "host",
            "connection",
            "content-length",
            "accept-encoding",
            "content-encoding",
            "transfer-encoding",
            "upgrade");
    private static final String NEXT = "@odata.nextLink";
    private static final String DELTA = "@odata.deltaLink";
    private static final String SMALL = "10";

    /** A list that nobody asks to have pages of a size. */
    private static final Pattern UNSIZED = Pattern.compile("/roleManagement/directory/roleDefinitions(?=\"|$)");

    private static final Map<String, List<String>> JSON = Map.of("Content-Type", List.of("application/json"));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final URI graph;
    private final Map<String, JsonObject> instead = new ConcurrentHashMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<Pattern, Runnable> first = new HashMap<>();
    private final List<Pattern> refused = new CopyOnWriteArrayList<>();

    private static final class Rule {
        private final Mischief mischief;
        private final Pattern route;
        private int left;

        private Rule(Mischief mischief, String route, int left) {
            this.mischief = mischief;
            this.route = Pattern.compile(route, Pattern.CASE_INSENSITIVE);
            this.left = left;
        }
    }

    MeddledGraph(URI graph) {
        this.graph = graph;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(workers);
        server.start();
    }

    URI url() {
        return URI.create("http://" + authority() + "/v1.0");
    }

    /** Does it to the next so many answers whose address contains the expression. */
    synchronized void meddle(Mischief what, String where, int howOften) {
        rules.add(new Rule(what, where, howOften));
    }

    /** Does something once, before the next request whose address contains the expression is answered. */
    synchronized void before(String where, Runnable what) {
        first.put(Pattern.compile(where, Pattern.CASE_INSENSITIVE), what);
    }

    /** Refuses every request whose address contains the expression as Graph refuses what it does not support. */
    void refuse(String where) {
        refused.add(Pattern.compile(where, Pattern.CASE_INSENSITIVE));
    }

    synchronized void stop() {
        rules.clear();
        instead.clear();
        refused.clear();
    }

    /** The routes where not everything has been done yet that was ordered. */
    synchronized List<String> waiting() {
        return rules.stream()
                .filter(rule -> rule.left > 0)
                .map(rule -> rule.route.pattern())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String address = exchange.getRequestURI().toString();
            JsonObject put = instead.remove(plain(address));
            if (put != null) {
                send(exchange, 200, JSON, bytes(put));
                return;
            }
            byte[] asked = body(exchange);
            doFirst(plain(address) + " " + text(asked));
            if (refused.stream().anyMatch(where -> where.matcher(plain(address)).find())) {
                send(
                        exchange,
                        400,
                        JSON,
                        "{\"error\":{\"code\":\"Request_UnsupportedQuery\",\"message\":\"Not supported.\"}}"
                                .getBytes(StandardCharsets.UTF_8));
                return;
            }
            HttpResponse<byte[]> answer = forward(exchange, small(address), asked);
            byte[] shown = answer.body();
            if (answer.statusCode() == 200
                    && answer.headers().firstValue("Content-Type").orElse("").contains("json")) {
                shown = bytes(shown(exchange, address, asked, JsonText.parseObject(text(answer.body()))));
            }
            send(exchange, answer.statusCode(), answer.headers().map(), shown);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void doFirst(String request) {
        List<Pattern> due = first.keySet().stream()
                .filter(where -> where.matcher(request).find())
                .toList();
        due.forEach(where -> first.remove(where).run());
    }

    private JsonObject shown(HttpExchange exchange, String address, byte[] asked, JsonObject answer)
            throws IOException, InterruptedException {
        if (!address.endsWith("$batch")) {
            return meddled(exchange, address, answer);
        }
        Map<String, String> urls = new TreeMap<>();
        for (JsonValue part : elements(JsonText.parseObject(text(asked)), "requests")) {
            JsonObject request = (JsonObject) part;
            urls.put(
                    request.findString("id").orElseThrow(),
                    request.findString("url").orElseThrow());
        }
        List<JsonValue> parts = new ArrayList<>();
        for (JsonValue element : elements(answer, "responses")) {
            JsonObject part = (JsonObject) element;
            String url = urls.getOrDefault(part.findString("id").orElse(""), "");
            boolean good = part.find("status").map(JsonText::text).orElse("").equals("200");
            if (good && part.find("body").orElse(JsonObject.EMPTY) instanceof JsonObject body) {
                part = part.with("body", meddled(exchange, url, body));
            }
            parts.add(part);
        }
        return answer.with("responses", new JsonArray(parts));
    }

    private synchronized JsonObject meddled(HttpExchange exchange, String address, JsonObject page)
            throws IOException, InterruptedException {
        for (Rule rule : rules) {
            if (rule.left > 0 && rule.route.matcher(plain(address)).find()) {
                JsonObject shown = meddled(exchange, rule.mischief, page);
                rule.left -= shown.equals(page) && instead.isEmpty() ? 0 : 1;
                return shown;
            }
        }
        return page;
    }

    private JsonObject meddled(HttpExchange exchange, Mischief mischief, JsonObject page)
            throws IOException, InterruptedException {
        if (mischief == Mischief.ERROR_CALLED_SUCCESS) {
            return JsonText.parseObject("{\"error\":{\"code\":\"UnknownError\",\"message\":\"\"}}");
        }
        if (mischief == Mischief.NO_LIST) {
            return page.find("value").isPresent() ? page.with("value", new JsonString("none")) : page;
        }
        String next = page.findString(NEXT).orElse("");
        if (next.isEmpty()) {
            return page;
        }
        return switch (mischief) {
            case PAGE_MISSING -> without(page, following(exchange, next));
            case PAGE_EMPTY -> later(next, page.with("value", JsonArray.EMPTY), page);
            default -> later(next, page, page);
        };
    }

    private JsonObject later(String next, JsonObject put, JsonObject now) {
        instead.put(plain(relative(next)), put);
        return now;
    }

    private static JsonObject without(JsonObject page, JsonObject missing) {
        JsonObject shown = page.without(NEXT);
        for (String link : List.of(NEXT, DELTA)) {
            if (missing.findString(link).isPresent()) {
                shown = shown.with(link, new JsonString(missing.findString(link).get()));
            }
        }
        return shown;
    }

    private JsonObject following(HttpExchange exchange, String next) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(graph + relative(next)))
                .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
                .header("X-Forwarded-Host", authority())
                .header("Prefer", "odata.maxpagesize=" + SMALL);
        return JsonText.parseObject(
                http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, String address, byte[] body)
            throws IOException, InterruptedException {
        String small = small(text(body));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(graph + address))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(small));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        request.header("X-Forwarded-Host", authority());
        if (address.contains("/delta")) {
            request.header("Prefer", "odata.maxpagesize=" + SMALL);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String small(String text) {
        return UNSIZED.matcher(text.replace("$top=999", "$top=" + SMALL).replace("%24top=999", "%24top=" + SMALL))
                .replaceAll("$0?\\$top=" + SMALL);
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean packed = "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return packed ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
    }

    private static void send(HttpExchange exchange, int status, Map<String, List<String>> headers, byte[] body)
            throws IOException {
        headers.forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT)) && !name.startsWith(":")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static List<JsonValue> elements(JsonObject object, String name) {
        return object.find(name).orElse(JsonArray.EMPTY) instanceof JsonArray array ? array.elements() : List.of();
    }

    private static String relative(String url) {
        URI uri = URI.create(url.replace(" ", "%20"));
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static String plain(String address) {
        return URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(JsonObject object) {
        return JsonText.text(object).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
