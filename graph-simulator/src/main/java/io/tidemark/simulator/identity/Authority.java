package io.tidemark.simulator.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Issues tokens and recognises them. */
public final class Authority {

    private static final String AUDIENCE = "https://graph.microsoft.com";
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    private static final int MOST_REMEMBERED = 10_000;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A token that cannot be used, and why. */
    public enum Flaw {
        /** It is foreign or broken. */
        INVALID,
        /** Its time is over. */
        EXPIRED,
        /** It was taken back before its time. */
        REVOKED
    }

    private record Known(Caller caller, Instant expires, long number) {}

    private final SigningKey key;
    private final Clock clock;
    private final Function<String, @Nullable Tenant> tenants;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private final Map<String, Long> revoked = new ConcurrentHashMap<>();
    private final IssuerKeys issuers = new IssuerKeys();
    private final Credentials credentials;
    private volatile @Nullable String managed;
    private volatile Duration life = Duration.ofSeconds(3599);

    /** An authority for the tenants that the function finds by id or domain. */
    public Authority(SigningKey key, Clock clock, Function<String, @Nullable Tenant> tenants) {
        this.key = key;
        this.clock = clock;
        this.tenants = tenants;
        this.credentials = new Credentials(clock, issuers);
    }

    /** The issuers of federated assertions. */
    public IssuerKeys issuers() {
        return issuers;
    }

    /** Takes back all tokens that a client has. */
    public void revoke(String clientId) {
        revoked.put(clientId.toLowerCase(Locale.ROOT), count.get());
    }

    /** Makes a client the identity of a machine that asks without naming one. */
    public void managedIdentity(String clientId) {
        managed = clientId;
    }

    /** Answers a machine that asks for a token of its managed identity. */
    public TokenAnswer managed(Iterable<Tenant> among, Map<String, String> query) {
        String wanted = query.getOrDefault("client_id", String.valueOf(managed));
        String resource = query.getOrDefault("resource", AUDIENCE);
        for (Tenant tenant : among) {
            ClientRegistration known = tenant.registration(wanted);
            ClientRegistration client = known == null ? application(tenant, wanted) : known;
            if (client != null) {
                ObjectNode issued = issue(tenant, client, null, Set.of()).body();
                long now = clock.instant().getEpochSecond();
                issued.put("client_id", client.clientId());
                issued.put("expires_in", Long.toString(life.toSeconds()));
                issued.put("ext_expires_in", Long.toString(life.toSeconds()));
                issued.put("expires_on", Long.toString(now + life.toSeconds()));
                issued.put("not_before", Long.toString(now));
                issued.put("resource", resource);
                return new TokenAnswer(200, issued);
            }
        }
        ObjectNode body = Json.object();
        body.put("error", "invalid_request");
        body.put("error_description", "Identity not found");
        return new TokenAnswer(400, body);
    }

    /** Sets how long new tokens live. */
    public void tokenLife(Duration next) {
        life = next;
    }

    /** Answers a request to the token endpoint of a tenant; the caller's name for the request comes back in errors. */
    public TokenAnswer token(String tenantName, Map<String, String> form, @Nullable String correlation) {
        TokenAnswer answer = token(tenantName, form);
        if (answer.status() != 200 && correlation != null) {
            answer.body().put("correlation_id", correlation);
            String told = answer.body().path("error_description").asText();
            answer.body()
                    .put(
                            "error_description",
                            told.replaceFirst(
                                    "Correlation ID: \\S+",
                                    Matcher.quoteReplacement("Correlation ID: " + correlation)));
        }
        return answer;
    }

    private TokenAnswer token(String tenantName, Map<String, String> form) {
        TokenRefusals.Refusal incomplete = TokenRefusals.of(tenantName, form);
        if (incomplete != null) {
            return error(incomplete);
        }
        Tenant tenant = tenants.apply(tenantName);
        if (tenant == null) {
            return error(TokenRefusals.noTenant(tenantName));
        }
        String grant = form.getOrDefault("grant_type", "");
        String clientId = form.getOrDefault("client_id", "");
        ClientRegistration known = tenant.registration(clientId);
        ClientRegistration client = known == null ? application(tenant, clientId) : known;
        if (client == null) {
            return error(TokenRefusals.noClient(disabled(tenant, clientId), clientId, tenantName));
        }
        Credentials.Objection objection = credentials.check(tenant, tenantName, clientId, known, form);
        if (objection != null) {
            return error(new TokenRefusals.Refusal(401, "invalid_client", objection.number(), objection.message()));
        }
        Node user = null;
        if (grant.equals("password")) {
            String name = form.getOrDefault("username", "");
            user = tenant.read(() -> tenant.findBy(Kinds.all().get("users"), "userPrincipalName", name));
            if (user == null) {
                return error(TokenRefusals.noUser(tenantName));
            }
            if ("false".equals(user.entity().text("accountEnabled"))) {
                return error(TokenRefusals.userDisabled());
            }
        }
        return issue(tenant, client, user, user == null ? Set.of() : SignInProofs.asked(form.get("claims")));
    }

    private static boolean disabled(Tenant tenant, String clientId) {
        return tenant.read(() -> tenant.findBy(Kinds.all().get("servicePrincipals"), "appId", clientId)) != null;
    }

    /** An application of the directory that nobody registered: it may what its service principal was granted. */
    private static @Nullable ClientRegistration application(Tenant tenant, String clientId) {
        return tenant.read(() -> {
            Node principal = tenant.findBy(Kinds.all().get("servicePrincipals"), "appId", clientId);
            if (principal == null || "false".equals(principal.entity().text("accountEnabled"))) {
                return null;
            }
            Set<String> permissions = new LinkedHashSet<>();
            Node graph = tenant.findBy(Kinds.all().get("servicePrincipals"), "appId", GRAPH);
            JsonNode roles = graph == null ? null : graph.entity().get("appRoles");
            for (Node grant : tenant.allBy(Kinds.all().get("appRoleAssignments"), "principalId", principal.id())) {
                boolean here = graph != null && graph.id().equals(grant.entity().text("resourceId"));
                for (JsonNode role : here && roles != null ? roles : Json.array()) {
                    if (role.path("id").asText().equals(grant.entity().text("appRoleId"))) {
                        permissions.add(role.path("value").asText());
                    }
                }
            }
            String name = principal.entity().text("displayName");
            return new ClientRegistration(
                    clientId, name == null ? clientId : name, principal.id(), null, null, null, permissions);
        });
    }

    private TokenAnswer issue(Tenant tenant, ClientRegistration client, @Nullable Node user, Set<String> proofs) {
        Instant now = clock.instant();
        ObjectNode claims = Json.object();
        claims.put("aud", AUDIENCE);
        claims.put("iss", "https://sts.windows.net/" + tenant.id() + "/");
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(life).getEpochSecond());
        claims.put("appid", client.clientId());
        claims.put("app_displayname", client.displayName());
        claims.put("idtyp", user == null ? "app" : "user");
        claims.put("tid", tenant.id().toString());
        claims.put("oid", user == null ? principalId(tenant, client) : user.id());
        claims.put("uti", Long.toString(count.incrementAndGet(), 36));
        claims.put("ver", "1.0");
        claims.putArray("xms_cc").add("CP1");
        if (user == null) {
            client.permissions().stream().sorted().forEach(claims.withArray("roles")::add);
        } else {
            claims.put(
                    "scp",
                    String.join(" ", client.permissions().stream().sorted().toList()));
            claims.put("upn", user.entity().text("userPrincipalName"));
            claims.put("spid", principalId(tenant, client));
            SignInProofs.write(claims, proofs);
        }
        ObjectNode body = Json.object();
        body.put("token_type", "Bearer");
        body.put("expires_in", life.toSeconds());
        body.put("ext_expires_in", life.toSeconds());
        body.put("access_token", key.sign(claims));
        return new TokenAnswer(200, body);
    }

    private static String principalId(Tenant tenant, ClientRegistration client) {
        String given = client.servicePrincipalId();
        if (given != null) {
            return given;
        }
        Node principal =
                tenant.read(() -> tenant.findBy(Kinds.all().get("servicePrincipals"), "appId", client.clientId()));
        return principal != null
                ? principal.id()
                : UUID.nameUUIDFromBytes(("sp/" + client.clientId()).getBytes(StandardCharsets.UTF_8))
                        .toString();
    }

    /** The caller that a token stands for; {@code null} if the token has a flaw. */
    public @Nullable Caller caller(String token) {
        return flaw(token) == null ? mustKnown(token).caller() : null;
    }

    private Known mustKnown(String token) {
        Known found = known(token);
        if (found == null) {
            throw new IllegalStateException("the token is not known");
        }
        return found;
    }

    private @Nullable Known known(String token) {
        Known found = known.get(token);
        if (found == null) {
            found = recognise(token);
            if (found != null) {
                if (known.size() > MOST_REMEMBERED) {
                    known.clear();
                }
                known.put(token, found);
            }
        }
        return found;
    }

    /** What is wrong with a token; {@code null} if nothing is. */
    public @Nullable Flaw flaw(String token) {
        Known found = known(token);
        if (found == null) {
            return Flaw.INVALID;
        }
        if (!found.expires().isAfter(clock.instant())) {
            return Flaw.EXPIRED;
        }
        Long until =
                revoked.isEmpty() ? null : revoked.get(found.caller().appId().toLowerCase(Locale.ROOT));
        return until != null && found.number() <= until ? Flaw.REVOKED : null;
    }

    private @Nullable Known recognise(String token) {
        JsonNode claims = key.signed(token) ? part(token, 1) : null;
        if (claims == null || !claims.path("aud").asText().equals(AUDIENCE)) {
            return null;
        }
        Set<String> permissions = new LinkedHashSet<>();
        claims.path("roles").forEach(role -> permissions.add(role.asText()));
        boolean user = claims.path("idtyp").asText().equals("user");
        if (user) {
            permissions.addAll(Set.of(claims.path("scp").asText().split(" ")));
        }
        Caller caller = new Caller(
                UUID.fromString(claims.path("tid").asText()),
                claims.path("appid").asText(),
                claims.path("app_displayname").asText(),
                user ? claims.path("spid").asText() : claims.path("oid").asText(),
                user ? claims.path("oid").asText() : null,
                user ? claims.path("upn").asText() : null,
                permissions,
                SignInProofs.of(claims));
        return new Known(
                caller,
                Instant.ofEpochSecond(claims.path("exp").asLong()),
                Long.parseLong(claims.path("uti").asText("0"), 36));
    }

    private static @Nullable JsonNode part(String token, int index) {
        String[] parts = token.split("\\.");
        if (parts.length != 3) {
            return null;
        }
        try {
            return Json.mapper().readTree(Base64.getUrlDecoder().decode(parts[index]));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The discovery document of a tenant, for an authority at this address. */
    public TokenAnswer discovery(String base, String name) {
        if (name.equals("common") || name.equals("organizations")) {
            return new TokenAnswer(200, Endpoints.discovery(base, name, "{tenantid}"));
        }
        Tenant tenant = tenants.apply(name);
        return tenant == null
                ? error(TokenRefusals.noTenant(name))
                : new TokenAnswer(
                        200, Endpoints.discovery(base, name, tenant.id().toString()));
    }

    /** What authentication libraries ask before they trust this host. */
    public ObjectNode instance(String base, Map<String, String> query) {
        String[] parts = query.getOrDefault("authorization_endpoint", "").split("/");
        return Endpoints.instance(base, parts.length > 3 ? parts[3] : "common");
    }

    /** What infrastructure tools read to know the addresses of this cloud. */
    public ObjectNode cloud(String base) {
        return Endpoints.cloud(base);
    }

    /** The public keys. */
    public ObjectNode keys() {
        return key.keySet();
    }

    private TokenAnswer error(TokenRefusals.Refusal refusal) {
        String trace = UUID.nameUUIDFromBytes(("t" + count.incrementAndGet()).getBytes(StandardCharsets.US_ASCII))
                .toString();
        String stamp = STAMP.format(clock.instant());
        ObjectNode body = Json.object();
        body.put("error", refusal.error());
        body.put(
                "error_description",
                "AADSTS" + refusal.number() + ": " + refusal.message() + " Trace ID: " + trace + " Correlation ID: "
                        + trace + " Timestamp: " + stamp);
        body.putArray("error_codes").add(refusal.number());
        body.put("timestamp", stamp);
        body.put("trace_id", trace);
        body.put("correlation_id", trace);
        body.put("error_uri", "https://login.microsoftonline.com/error?code=" + refusal.number());
        return new TokenAnswer(refusal.status(), body);
    }
}
