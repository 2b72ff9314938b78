package io.tidemark.simulator.http;

import io.tidemark.simulator.fault.Faults;
import io.tidemark.simulator.identity.Authority;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.notification.Notifications;
import io.tidemark.simulator.quota.Quotas;
import io.tidemark.simulator.quota.Verdict;
import io.tidemark.simulator.rules.role.GroupPolicies;
import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.LaterProperties.Later;
import io.tidemark.simulator.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Graph itself: takes a request, gives an answer. */
final class GraphService {

    private final Clock clock;
    private final Authority authority;
    private final Quotas quotas;
    private final Function<UUID, @Nullable Tenant> tenants;
    private final Errors errors;
    private final Tokens tokens;
    private final Reading reading;
    private final Listing listing;
    private final Writing writing;
    private final Operations operations;
    private final TableActions tableActions;
    private final Deltas deltas;
    private final Batch batch;
    private final Injection injection;
    private final Consumer<Tenant> beforeList;
    private final Notifications notifications;
    private final Gate gate = new Gate();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong ids = new AtomicLong();

    GraphService(
            Clock clock,
            Authority authority,
            Quotas quotas,
            Faults faults,
            Function<UUID, @Nullable Tenant> tenants,
            Consumer<Tenant> beforeList,
            Notifications notifications,
            long seed) {
        this.notifications = notifications;
        this.beforeList = beforeList;
        this.clock = clock;
        this.authority = authority;
        this.quotas = quotas;
        this.tenants = tenants;
        this.errors = new Errors(clock);
        this.tokens = new Tokens(clock, seed);
        LateView view = new LateView(clock, faults);
        Lookup lookup = new Lookup(view);
        this.listing = new Listing(lookup, tokens, view);
        this.reading = new Reading(lookup, listing);
        this.writing = new Writing(clock, lookup, reading);
        this.operations = new Operations(lookup, writing);
        this.tableActions = new TableActions(lookup, writing, reading);
        this.deltas = new Deltas(tokens, clock);
        this.batch = new Batch(this::inner, request -> newId());
        this.injection = new Injection(faults, errors);
    }

    /** The id of a request to Graph, which is counted. */
    String newId() {
        requests.incrementAndGet();
        return authorityId();
    }

    /** The id of a request to the authority. */
    String authorityId() {
        return new UUID(clock.millis() << 16 | 0x4000L, 0x8000000000000000L | ids.incrementAndGet()).toString();
    }

    /** How many requests came so far, those inside batches included. */
    long requests() {
        return requests.get();
    }

    void tokenLife(Duration pages, Duration deltaLinks) {
        tokens.life(pages, deltaLinks);
    }

    /** Whether answering a request takes as long as somebody else takes to answer. */
    static boolean waits(GraphRequest request) {
        return !request.method().equals("GET")
                && request.path().toLowerCase(Locale.ROOT).contains("/subscriptions");
    }

    /** Answers a request that came over the wire. */
    GraphResponse handle(GraphRequest request) {
        return finish(request, injection.around(request, () -> answer(request)));
    }

    private GraphResponse inner(GraphRequest request) {
        return finish(request, injection.inside(request, () -> answer(request)));
    }

    private GraphResponse finish(GraphRequest request, GraphResponse response) {
        String client = request.header("client-request-id");
        response.with("request-id", request.requestId());
        response.with("client-request-id", client == null ? request.requestId() : client);
        response.with("Cache-Control", "no-cache");
        response.with(
                "x-ms-ags-diagnostic",
                "{\"ServerInfo\":{\"DataCenter\":\"Simulator\",\"Slice\":\"E\",\"Ring\":\"1\",\"ScaleUnit\":\"001\","
                        + "\"RoleInstance\":\"SIM00000001\"}}");
        return response;
    }

    private GraphResponse answer(GraphRequest request) {
        try {
            return pass(request);
        } catch (GraphRefusal refusal) {
            return errors.of(request, refusal);
        } catch (RuntimeException | StackOverflowError e) {
            // A defect must not take the server down; the client sees what Graph shows for its own defects.
            System.getLogger(GraphService.class.getName())
                    .log(System.Logger.Level.ERROR, "A request failed unexpectedly request=" + request.requestId(), e);
            return errors.of(
                    request, new GraphRefusal(500, "InternalServerError", "The server met an unexpected condition."));
        }
    }

    private GraphResponse pass(GraphRequest request) {
        GraphResponse open = Description.of(request, () -> later(request));
        if (open != null) {
            return open;
        }
        Caller caller = caller(request);
        Tenant tenant = tenants.apply(caller.tenant());
        if (tenant == null) {
            throw unauthenticated("Access token validation failure. Invalid tenant.");
        }
        tenant.age();
        String path = request.path();
        int slash = path.indexOf('/', 1);
        String version = (slash < 0 ? path.substring(Math.min(1, path.length())) : path.substring(1, slash))
                .toLowerCase(Locale.ROOT);
        if (version.equals("beta") && !tenant.switches().beta()) {
            throw GraphRefusal.notImplemented("This simulator has no beta version.");
        }
        if (!version.equals("v1.0") && !version.equals("beta")) {
            throw GraphRefusal.badQuery("Invalid version: " + version);
        }
        String place = BetaPlaces.inFirstVersion(
                version, Organizations.without(tenant, slash < 0 ? "" : path.substring(slash)));
        Route special = RootActions.of(place);
        Route route = special == null ? RouteParser.parse(own(caller, place)) : special;
        if (route.place() == Route.Place.BATCH) {
            if (!request.method().equals("POST")) {
                throw Writing.notAllowed();
            }
            return batch.run(request, version, tenant.switches());
        }
        Options options = Options.of(request);
        GraphRequest read = version.equals("beta") ? BetaNames.inFirstVersion(request) : request;
        Exchange exchange = new Exchange(read, route, options, caller, tenant, version);
        Verdict verdict = quotas.charge(tenant.id(), caller.appId(), Charges.of(exchange));
        if (!verdict.passed()) {
            return errors.throttled(request, verdict.headers());
        }
        GraphResponse response = answered(exchange);
        if (response.status() < 300) {
            verdict.headers().forEach(response::with);
        }
        return response;
    }

    /** The signed-in user's own path is that of the user. */
    private static String own(Caller caller, String path) {
        boolean me = path.equalsIgnoreCase("/me") || path.regionMatches(true, 0, "/me/", 0, 4);
        if (!me) {
            return path;
        }
        if (!caller.delegated()) {
            throw GraphRefusal.badQuery("/me request is only valid with delegated authentication flow.");
        }
        return "/users/" + caller.userId() + path.substring(3);
    }

    /** What the directory of whoever asks got later; nothing for those who do not say who they are. */
    private Collection<Later> later(GraphRequest request) {
        String header = request.header("Authorization");
        Tenant tenant = header == null ? null : tenants.apply(caller(request).tenant());
        return tenant == null ? List.of() : tenant.later().all();
    }

    private GraphResponse answered(Exchange exchange) {
        MetadataLevel level = MetadataLevel.of(exchange.request());
        try {
            gate.check(exchange);
            return BetaNames.shown(exchange, level.of(exchange, ValueSpelling.of(exchange, dispatch(exchange))));
        } catch (GraphRefusal refusal) {
            return errors.of(exchange.request(), refusal);
        }
    }

    private Caller caller(GraphRequest request) {
        String header = request.header("Authorization");
        if (header == null || header.isBlank()) {
            throw unauthenticated("Access token is empty.");
        }
        String token = header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).trim()
                : "";
        if (token.isEmpty()) {
            throw unauthenticated("Access token is empty.");
        }
        if (token.chars().filter(c -> c == '.').count() != 2) {
            throw unauthenticated("CompactToken parsing failed with error code: 80049217");
        }
        Caller caller = authority.caller(token);
        if (caller == null) {
            Authority.Flaw flaw = authority.flaw(token);
            if (flaw == Authority.Flaw.EXPIRED) {
                throw unauthenticated("Lifetime validation failed, the token is expired.");
            }
            throw flaw == Authority.Flaw.REVOKED ? challenge() : unauthenticated("Access token validation failure.");
        }
        return caller;
    }

    static GraphRefusal unauthenticated(String message) {
        return new GraphRefusal(
                401,
                "InvalidAuthenticationToken",
                message,
                List.of(),
                Map.of(
                        "WWW-Authenticate",
                        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/"
                                + "common/oauth2/authorize\", client_id=\"00000003-0000-0000-c000-000000000000\""));
    }

    /** Asks for a new token although the old one's time is not over. */
    static GraphRefusal challenge() {
        return new GraphRefusal(
                401,
                "InvalidAuthenticationToken",
                "Continuous access evaluation resulted in challenge with result: InteractionRequired and code:"
                        + " TokenIssuedBeforeRevocationTimestamp",
                List.of(),
                Map.of(
                        "WWW-Authenticate",
                        "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"" + claims() + "\""));
    }

    static String claims() {
        return Base64.getEncoder()
                .encodeToString("{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"0\"}}}"
                        .getBytes(StandardCharsets.UTF_8));
    }

    private GraphResponse dispatch(Exchange exchange) {
        String method = exchange.request().method();
        Kind kind = exchange.route().kind();
        if (kind != null && kind.expires() != null) {
            exchange.tenant().expire(kind);
            if (method.equals("POST") && exchange.route().place() == Route.Place.COLLECTION || method.equals("PATCH")) {
                notifications.validate(exchange.tenant(), exchange.request().json());
            }
        }
        return switch (exchange.route().place()) {
            case COLLECTION -> {
                allowed(kind, method);
                beforeList.accept(exchange.tenant());
                if (kind != null && !kind.needsFilter().isEmpty()) {
                    GroupPolicies.lookedFor(
                            exchange.tenant(), exchange.options().filter(), clock.instant());
                }
                yield switch (method) {
                    case "GET" -> listing.table(exchange, reading);
                    case "POST" -> writing.create(exchange);
                    default -> throw Writing.notAllowed();
                };
            }
            case ITEM -> {
                allowed(kind, method);
                yield switch (method) {
                    case "GET" -> reading.item(exchange);
                    case "PATCH" -> writing.update(exchange);
                    case "PUT" -> {
                        if (exchange.route().mustKind().answers("PUT") == 0) {
                            throw Writing.notAllowed();
                        }
                        yield writing.update(exchange);
                    }
                    case "DELETE" -> writing.delete(exchange);
                    default -> throw Writing.notAllowed();
                };
            }
            case PROPERTY ->
                switch (method) {
                    case "GET" -> reading.property(exchange);
                    case "PUT", "PATCH", "DELETE" -> writing.stream(exchange);
                    default -> throw Writing.notAllowed();
                };
            case RELATION ->
                switch (method) {
                    case "GET" -> reading.relation(exchange);
                    case "POST", "PUT" -> writing.link(exchange);
                    case "PATCH" -> writing.updateRelated(exchange);
                    case "DELETE" -> writing.unlink(exchange);
                    default -> throw Writing.notAllowed();
                };
            case RELATION_ITEM ->
                switch (method) {
                    case "GET" -> reading.relatedItem(exchange);
                    case "PATCH", "PUT" -> writing.updateRelated(exchange);
                    case "DELETE" -> writing.unlink(exchange);
                    default -> throw Writing.notAllowed();
                };
            case COLLECTION_OPERATION, OBJECT_OPERATION -> collection(exchange, method);
            case ITEM_OPERATION ->
                kind != null && kind.action(String.valueOf(exchange.route().name())) != null
                        ? tableActions.run(exchange)
                        : only(method, "POST", () -> operations.item(exchange));
            case BIN -> only(method, "GET", () -> listing.bin(exchange));
            case BIN_ITEM ->
                switch (method) {
                    case "GET" -> writing.binItem(exchange);
                    case "DELETE" -> writing.purge(exchange);
                    default -> throw Writing.notAllowed();
                };
            case BIN_RESTORE -> only(method, "POST", () -> writing.restore(exchange));
            case OBJECT ->
                switch (method) {
                    case "GET" -> reading.object(exchange);
                    case "DELETE" -> writing.deleteObject(exchange);
                    default -> throw Writing.notAllowed();
                };
            case BATCH -> throw GraphRefusal.badQuery("A batch cannot contain a batch.");
        };
    }

    private GraphResponse collection(Exchange exchange, String method) {
        String name = String.valueOf(exchange.route().name());
        Kind own = exchange.route().kind();
        if (own != null && own.action(name) != null) {
            return tableActions.run(exchange);
        }
        if (name.equals("delta")) {
            return only(method, "GET", () -> deltas.answer(exchange));
        }
        if (name.equals("validateproperties")) {
            return only(method, "POST", () -> operations.validate(exchange));
        }
        if (name.equals("getavailableextensionproperties")) {
            return only(method, "POST", () -> operations.extensions(exchange));
        }
        if (name.equals("getuserownedobjects")) {
            return only(method, "POST", () -> operations.ownedInBin(exchange));
        }
        if (name.equals("getbyids")) {
            return only(method, "POST", () -> operations.byIds(exchange));
        }
        if (exchange.route().place() == Route.Place.OBJECT_OPERATION
                && exchange.route().key() != null) {
            return only(method, "POST", () -> operations.item(exchange));
        }
        throw GraphRefusal.notImplemented("This simulator has no operation " + name + ".");
    }

    private static void allowed(@Nullable Kind kind, String method) {
        if (kind == null || !kind.allows(method)) {
            throw Writing.notAllowed();
        }
    }

    private static GraphResponse only(String method, String wanted, Supplier<GraphResponse> answer) {
        if (!method.equals(wanted)) {
            throw Writing.notAllowed();
        }
        return answer.get();
    }
}
