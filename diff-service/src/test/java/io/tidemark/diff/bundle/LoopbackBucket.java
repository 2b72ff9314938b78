package io.tidemark.diff.bundle;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A bucket on loopback that believes nobody: it works out every signature by itself, from Amazon's description of Signature Version 4. */
final class LoopbackBucket implements AutoCloseable {

    static final String ACCESS_KEY = "AKIDEXAMPLE";
    static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/s3/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");

    private final HttpServer server;
    private final boolean locks;
    final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    final Map<String, Map<String, String>> headers = new ConcurrentSkipListMap<>();
    final List<String> refusals = new CopyOnWriteArrayList<>();
    volatile int failures;

    LoopbackBucket(boolean locks) {
        this.locks = locks;
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/bucket", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            String refusal = refusal(exchange, body);
            if (refusal != null) {
                refusals.add(refusal);
                error(exchange, 403, "SignatureDoesNotMatch");
            } else if (failures > 0) {
                failures--;
                error(exchange, 503, "SlowDown");
            } else {
                serve(exchange, body);
            }
        }
    }

    private void serve(HttpExchange exchange, byte[] body) throws IOException {
        URI uri = exchange.getRequestURI();
        String key =
                uri.getPath().length() > "/bucket/".length() ? uri.getPath().substring("/bucket/".length()) : "";
        String query = uri.getQuery() == null ? "" : uri.getQuery();
        switch (exchange.getRequestMethod()) {
            case "PUT" -> put(exchange, key, body);
            case "HEAD" -> head(exchange, key);
            default -> {
                if (query.startsWith("object-lock")) {
                    lock(exchange);
                } else if (query.contains("list-type=2")) {
                    list(exchange, query);
                } else if (objects.containsKey(key)) {
                    send(exchange, 200, objects.get(key));
                } else {
                    error(exchange, 404, "NoSuchKey");
                }
            }
        }
    }

    private void put(HttpExchange exchange, String key, byte[] body) throws IOException {
        Map<String, String> sent = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> sent.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        String sum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Sha256.hex(body)));
        if (!sum.equals(sent.get("x-amz-checksum-sha256"))) {
            error(exchange, 400, "BadDigest");
            return;
        }
        objects.put(key, body);
        headers.put(key, sent);
        send(exchange, 200, new byte[0]);
    }

    private void head(HttpExchange exchange, String key) throws IOException {
        if (!objects.containsKey(key)) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("x-amz-meta-sha256", headers.get(key).get("x-amz-meta-sha256"));
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(objects.get(key).length));
        exchange.sendResponseHeaders(200, -1);
    }

    private void lock(HttpExchange exchange) throws IOException {
        if (locks) {
            xml(
                    exchange,
                    200,
                    "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>");
        } else {
            error(exchange, 404, "ObjectLockConfigurationNotFoundError");
        }
    }

    private void list(HttpExchange exchange, String query) throws IOException {
        String prefix = Stream.of(query.split("&"))
                .filter(part -> part.startsWith("prefix="))
                .map(part -> part.substring("prefix=".length()))
                .findFirst()
                .orElse("");
        String found = objects.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> "<Contents><Key>" + key + "</Key></Contents>")
                .collect(Collectors.joining());
        xml(exchange, 200, "<ListBucketResult><IsTruncated>false</IsTruncated>" + found + "</ListBucketResult>");
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        xml(exchange, status, "<Error><Code>" + code + "</Code></Error>");
    }

    private static void xml(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        send(exchange, status, ("<?xml version=\"1.0\"?>" + text).getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Why the request is not to be believed; null if it is. */
    private static String refusal(HttpExchange exchange, byte[] body) {
        Headers sent = exchange.getRequestHeaders();
        Matcher authorization = AUTHORIZATION.matcher(String.valueOf(sent.getFirst("Authorization")));
        if (!authorization.matches() || !authorization.group(1).equals(ACCESS_KEY)) {
            return "no authorization of ours";
        }
        String payload = sent.getFirst("x-amz-content-sha256");
        boolean nothingToSign = body.length == 0 && "UNSIGNED-PAYLOAD".equals(payload);
        if (!nothingToSign && !Sha256.hex(body).equals(payload)) {
            return "payload is not signed: " + payload;
        }
        String signedHeaders = authorization.group(4);
        String names = Stream.of(signedHeaders.split(";"))
                .map(name ->
                        name + ":" + String.join(",", sent.get(name)).strip().replaceAll(" +", " ") + "\n")
                .collect(Collectors.joining());
        String query = exchange.getRequestURI().getRawQuery();
        String canonical = String.join(
                "\n",
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : canonical(query),
                names,
                signedHeaders,
                payload);
        String date = authorization.group(2);
        String scope = date + "/" + authorization.group(3) + "/s3/aws4_request";
        String toSign =
                String.join("\n", "AWS4-HMAC-SHA256", sent.getFirst("x-amz-date"), scope, Sha256.hex(canonical));
        byte[] key = hmac(("AWS4" + SECRET_KEY).getBytes(StandardCharsets.UTF_8), date);
        for (String part : List.of(authorization.group(3), "s3", "aws4_request")) {
            key = hmac(key, part);
        }
        String signature = HexFormat.of().formatHex(hmac(key, toSign));
        return signature.equals(authorization.group(5)) ? null : "signature does not fit";
    }

    private static String canonical(String query) {
        Map<String, String> parts = new TreeMap<>();
        for (String part : query.split("&")) {
            int at = part.indexOf('=');
            parts.put(at < 0 ? part : part.substring(0, at), at < 0 ? "" : part.substring(at + 1));
        }
        return parts.entrySet().stream()
                .map((Entry<String, String> part) -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining("&"));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
