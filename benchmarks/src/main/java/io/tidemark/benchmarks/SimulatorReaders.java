package io.tidemark.benchmarks;

import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.sample.SampleClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Several clients that read a simulator over HTTP as fast as it answers, for a while. */
final class SimulatorReaders {

    private static final Pattern NEXT = Pattern.compile("\"@odata\\.nextLink\":\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
    private static final int HEAD = 2_000;
    private static final int ONE_OF = 10;

    private final String root;
    private final String token;
    private final int clients;
    private final long nanos;

    SimulatorReaders(GraphSimulator simulator, SampleClient client, int clients, int seconds) {
        this.root = simulator.graphUrl() + "/v1.0";
        this.clients = clients;
        this.nanos = seconds * 1_000_000_000L;
        String form = "grant_type=client_credentials&client_id=" + client.clientId() + "&client_secret="
                + URLEncoder.encode(client.secret(), StandardCharsets.UTF_8)
                + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default";
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        simulator.authorityUrl() + simulator.tenant().id().toString() + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        this.token = first(TOKEN, send(client(), request));
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static String send(HttpClient client, HttpRequest request) {
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            String body = new String(response.body(), StandardCharsets.UTF_8);
            if (response.statusCode() != 200) {
                throw new IllegalStateException("status " + response.statusCode() + ": " + body);
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String get(HttpClient client, String url) {
        return send(
                client,
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer " + token)
                        .build());
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Objects a second when every client reads all users in full pages, again and again. */
    double pages() {
        return together(() -> {
            HttpClient client = client();
            long end = System.nanoTime() + nanos;
            long objects = 0;
            String url = root + "/users?$top=999";
            while (System.nanoTime() < end) {
                String body = get(client, url);
                String next = first(NEXT, body.substring(0, Math.min(HEAD, body.length())));
                objects += next.isEmpty() ? 1 : 999;
                url = next.isEmpty() ? root + "/users?$top=999" : next;
            }
            return objects;
        });
    }

    /** Requests a second when every client reads single users and groups, and now and then the members of a group. */
    double points() {
        List<String> users = ids("users");
        List<String> groups = ids("groups");
        return together(() -> {
            HttpClient client = client();
            Random random = new Random(7);
            long end = System.nanoTime() + nanos;
            long requests = 0;
            while (System.nanoTime() < end) {
                String user = users.get(random.nextInt(users.size()));
                String group = groups.get(random.nextInt(groups.size()));
                get(
                        client,
                        switch (random.nextInt(ONE_OF)) {
                            case 0 -> root + "/groups/" + group + "/members?$top=20&$select=id";
                            case 1, 2, 3 -> root + "/groups/" + group;
                            default -> root + "/users/" + user;
                        });
                requests++;
            }
            return requests;
        });
    }

    private List<String> ids(String collection) {
        Matcher matcher = ID.matcher(get(client(), root + "/" + collection + "?$top=999&$select=id"));
        List<String> ids = new ArrayList<>();
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }

    private double together(Callable<Long> reader) {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long start = System.nanoTime();
            List<Future<Long>> results = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                results.add(threads.submit(reader));
            }
            long all = 0;
            for (Future<Long> result : results) {
                all += result.get();
            }
            return all * 1e9 / (System.nanoTime() - start);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reader failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
