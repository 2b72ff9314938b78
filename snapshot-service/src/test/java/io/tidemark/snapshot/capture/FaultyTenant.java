package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.graph.transport.Credential;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphSettings;
import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.SimulatorClock;
import io.tidemark.simulator.tenant.TenantSeed;
import io.tidemark.snapshot.capture.newer.InMemoryNewerPropertyStore;
import io.tidemark.snapshot.capture.newer.NewerSelection;
import io.tidemark.snapshot.capture.newer.StoredNewerSelection;
import io.tidemark.snapshot.cursor.InMemoryCursorStore;
import io.tidemark.snapshot.cursor.KnownStates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A simulated tenant that is captured through a server that meddles, and what a history would know of it. */
final class FaultyTenant implements AutoCloseable {

    static final long SEED = 11;

    private static final String ADMINISTRATOR = "11111111-aaaa-4aaa-8aaa-111111111111";

    private static final Set<String> EVERYTHING = Set.of(
            "AdministrativeUnit.ReadWrite.All",
            "User-LifeCycleInfo.ReadWrite.All",
            "User.Read.All",
            "Application.ReadWrite.All",
            "Device.ReadWrite.All",
            "Directory.ReadWrite.All",
            "EntitlementManagement.ReadWrite.All",
            "Group.ReadWrite.All",
            "Organization.ReadWrite.All",
            "Policy.ReadWrite.ApplicationConfiguration",
            "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
            "RoleManagement.ReadWrite.Directory",
            "User.ReadWrite.All");

    /** What one capture at a time leaves behind. */
    static final class Memory {
        final InMemoryCursorStore store = new InMemoryCursorStore();
        final HistoryInMemory history = new HistoryInMemory();
        final InMemoryNewerPropertyStore newer = new InMemoryNewerPropertyStore();
        private long fence;
    }

    /** Time stands still until somebody sleeps. */
    final SimulatorClock time = new SimulatorClock(Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneOffset.UTC));

    final GraphSimulator simulator;
    final MeddledGraph meddler;
    private final TenantId tenant = new TenantId(SampleTenants.tenantId(SEED));
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Memory memory = new Memory();

    /** What a capture makes room for. */
    Interludes interludes = Interludes.NONE;

    /** Whether properties newer than the catalogue are looked for. */
    boolean newer;

    /** What is used in place of the reader's secret. */
    Optional<String> secret = Optional.empty();

    FaultyTenant() {
        this(sink -> {});
    }

    /** A tenant that has more than the made-up one. */
    FaultyTenant(TenantSeed more) {
        TenantSeed sample = SampleTenants.of("tiny", SEED, Map.of("users", "30", "groups", "25"));
        TenantSeed seed = sink -> {
            sample.emit(sink);
            more.emit(sink);
        };
        simulator = GraphSimulator.start(SimulatorConfig.builder()
                .tenantId(tenant.value())
                .time(time)
                .seed(SEED)
                .tenantSeed(seed)
                .build());
        meddler = new MeddledGraph(simulator.graphUrl());
        List<String> users = ids("users");
        for (int i = 0; i < 22; i++) {
            String unit = JsonText.parseObject(
                            change("POST", "directory/administrativeUnits", "{\"displayName\":\"Unit " + i + "\"}"))
                    .findString("id")
                    .orElseThrow();
            if (i < 6) {
                refer("directory/administrativeUnits/" + unit + "/members", users.get(i));
            }
            refer("users/" + users.get(i) + "/sponsors", users.get(i + 6));
        }
        String credential =
                "{\"name\":\"ci\",\"issuer\":\"https://ci.example\",\"subject\":\"main\",\"audiences\":[\"api://AzureADTokenExchange\"]}";
        String unused = change(
                "POST", "applications/" + ids("applications").get(0) + "/federatedIdentityCredentials", credential);
    }

    /** The ids of a collection's first objects. */
    List<String> ids(String collection) {
        JsonObject page = JsonText.parseObject(change("GET", collection + "?$select=id&$top=100", ""));
        return ((JsonArray) page.find("value").orElseThrow())
                .elements().stream()
                        .map(object -> ((JsonObject) object).findString("id").orElseThrow())
                        .toList();
    }

    void refer(String relation, String target) {
        String unused = change(
                "POST", relation + "/$ref", "{\"@odata.id\":\"" + direct() + "/directoryObjects/" + target + "\"}");
    }

    /** As a service that was never here before. */
    void forget() {
        memory = new Memory();
        simulator.faults().clear();
        meddler.stop();
    }

    CaptureResult capture(CaptureMode mode, ObjectRef... objects) {
        return capture(mode, memory, settings -> {}, objects);
    }

    CaptureResult capture(CaptureMode mode, Memory into, Consumer<GraphSettings.Builder> change, ObjectRef... objects) {
        GraphSettings.Builder settings = settings();
        change.accept(settings);
        try (GraphConnection connection = GraphConnection.open(settings.build())) {
            long fence = ++into.fence;
            KnownStates known = KnownStates.open(into.store, tenant, fence);
            CaptureOrder order = new CaptureOrder("capture-" + fence, tenant, mode, null, false, List.of(objects));
            return new TenantCapture(order, live(connection, into), known, into.history, () -> {}, interludes, time)
                    .run();
        }
    }

    private LiveTenant live(GraphConnection connection, Memory into) {
        return new GraphLiveTenant(
                connection,
                reader -> newer ? new StoredNewerSelection(reader, into.newer, tenant, time) : NewerSelection.NONE);
    }

    GraphSettings.Builder settings() {
        SampleClient reader = SampleClients.of(SEED).named(SampleClients.READER);
        return GraphSettings.builder(tenant, reader.clientId(), new Credential.Secret(secret.orElse(reader.secret())))
                .graphUrl(meddler.url())
                .authority(simulator.authorityUrl())
                .allowHttpAuthority(true)
                .quota(1, 1_000)
                .patience(Duration.ofSeconds(20))
                .clock(time)
                .sleeper(time::advance);
    }

    /** What a capture finds that nobody disturbs, by key. */
    Map<String, String> truth() {
        return present(undisturbed());
    }

    /** The bodies that a capture tells that nobody disturbs, by key. */
    Map<String, JsonObject> told() {
        Map<String, JsonObject> told = new TreeMap<>();
        undisturbed().newest.values().stream()
                .filter(state -> state.deleted() == null)
                .forEach(state -> told.put(state.key().text(), state.body()));
        return told;
    }

    private HistoryInMemory undisturbed() {
        Memory fresh = new Memory();
        CaptureResult result = capture(CaptureMode.FULL, fresh, settings -> settings.graphUrl(direct()));
        assertThat(result.report().reason()).isNull();
        return fresh.history;
    }

    URI direct() {
        return URI.create(simulator.graphUrl() + "/v1.0");
    }

    /** Holds what a capture says of itself against the truth, and what is known now, too. */
    void assertTrue(CaptureResult result, Map<String, String> truth) {
        assertThat(memory.history.violations).isEmpty();
        assertThat(memory.history.received.stream()
                        .filter(state -> state.deleted() != null)
                        .map(state -> state.key().text())
                        .filter(truth::containsKey))
                .as("told to be deleted though it is there")
                .isEmpty();
        Map<String, String> present = present(memory.history);
        Map<String, TypeCount> counts = new HashMap<>();
        result.report().types().forEach(count -> counts.put(count.type(), count));
        for (TypeCount count : counts.values()) {
            if (count.outcome() == TypeCount.Outcome.COMPLETE) {
                assertThat(ofType(present, count.type()))
                        .as(count.type() + " is said to be complete")
                        .isEqualTo(ofType(truth, count.type()));
            } else {
                assertThat(count.reason()).as(count.type()).isNotBlank();
            }
        }
    }

    /** Sends a change as somebody else. */
    String change(String method, String path, String body) {
        SampleClient writer = SampleClients.of(SEED).named(SampleClients.HELPDESK_TOOL);
        return answer(method, path, body, token(writer.clientId(), writer.secret()));
    }

    private String answer(String method, String path, String body, String token) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(direct() + "/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json"));
        assertThat(answer.statusCode())
                .as(method + " " + path + " " + answer.body())
                .isLessThan(300);
        return answer.body();
    }

    /** Sends a change as somebody who may do everything that these tests do. */
    String administer(String method, String path, String body) {
        simulator
                .tenant()
                .register(ClientRegistration.withSecret(ADMINISTRATOR, "administrator", "s3cret", EVERYTHING));
        return answer(method, path, body, token(ADMINISTRATOR, "s3cret"));
    }

    /** Makes a policy of claims and gives its id. */
    String claimsPolicy() {
        String created = administer(
                "POST",
                "policies/claimsMappingPolicies",
                "{\"displayName\":\"claims\",\"definition\":[\"{\\\"ClaimsMappingPolicy\\\":{\\\"Version\\\":1,\\\"IncludeBasicClaimSet\\\":\\\"true\\\"}}\"]}");
        return JsonText.parseObject(created).findString("id").orElseThrow();
    }

    /** Lets a policy of claims apply to a service principal. */
    void applyClaims(String policy) {
        String unused = administer(
                "POST",
                "servicePrincipals/" + ids("servicePrincipals").get(0) + "/claimsMappingPolicies/$ref",
                "{\"@odata.id\":\"" + direct() + "/policies/claimsMappingPolicies/" + policy + "\"}");
    }

    /** Sends a stream as somebody who may. */
    void upload(String path, String type, String text) {
        simulator
                .tenant()
                .register(ClientRegistration.withSecret(ADMINISTRATOR, "administrator", "s3cret", EVERYTHING));
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(direct() + "/" + path))
                .PUT(HttpRequest.BodyPublishers.ofString(text))
                .header("Authorization", "Bearer " + token(ADMINISTRATOR, "s3cret"))
                .header("Content-Type", type));
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(204);
    }

    /** The appId of one of the tenant's applications. */
    String appId(int which) {
        return JsonText.parseObject(
                        change("GET", "applications/" + ids("applications").get(which), ""))
                .findString("appId")
                .orElseThrow();
    }

    @Override
    public void close() {
        meddler.close();
        simulator.close();
    }

    static Map<String, String> present(HistoryInMemory history) {
        Map<String, String> present = new TreeMap<>();
        for (ObjectState state : history.newest.values()) {
            if (state.deleted() == null) {
                present.put(state.key().text(), String.valueOf(state.stateHash()));
            }
        }
        return present;
    }

    static Map<String, String> ofType(Map<String, String> states, String type) {
        Map<String, String> some = new TreeMap<>(states);
        some.keySet().removeIf(key -> !key.startsWith(type + "|"));
        return some;
    }

    private String token(String clientId, String clientSecret) {
        String form = "grant_type=client_credentials&scope="
                + URLEncoder.encode("https://graph.microsoft.com/.default", StandardCharsets.UTF_8)
                + "&client_id=" + clientId + "&client_secret=" + clientSecret;
        String answer = send(HttpRequest.newBuilder(
                                URI.create(simulator.graphUrl() + "/" + tenant + "/oauth2/v2.0/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)))
                .body();
        return JsonText.parseObject(answer).findString("access_token").orElseThrow();
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
}
