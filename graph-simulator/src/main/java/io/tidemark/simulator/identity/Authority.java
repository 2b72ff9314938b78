package io.tidemark.simulator.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.Json;
import io.tidemark.simulator.tenant.Kinds;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Issues tokens and recognises them. */
public final class Authority {

    private static final String AUDIENCE = "https://graph.microsoft.com";
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final int MOST_REMEMBERED = 10_000;

    private record Known(Caller caller, Instant expires) {}

    private final SigningKey key;
    private final Clock clock;
    private final Function<String, @Nullable Tenant> tenants;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private volatile Duration life = Duration.ofSeconds(3599);

    /** An authority for the tenants that the function finds by id or domain. */
    public Authority(SigningKey key, Clock clock, Function<String, @Nullable Tenant> tenants) {
        this.key = key;
        this.clock = clock;
        this.tenants = tenants;
    }

    /** Sets how long new tokens live. */
    public void tokenLife(Duration next) {
        life = next;
    }

    /** Answers a request to the token endpoint of a tenant. */
    public TokenAnswer token(String tenantName, Map<String, String> form) {
        Tenant tenant = tenants.apply(tenantName);
        if (tenant == null) {
            return error(400, "invalid_request", 90002, "Tenant '" + tenantName + "' not found.");
        }
        String grant = form.getOrDefault("grant_type", "");
        if (!grant.equals("client_credentials") && !grant.equals("password")) {
            return error(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        }
        String scope = form.getOrDefault("scope", form.getOrDefault("resource", ""));
        if (grant.equals("client_credentials") && !scope.contains("/.default") && !form.containsKey("resource")) {
            return error(
                    400,
                    "invalid_scope",
                    1002012,
                    "The provided value for scope is not valid. Client credential"
                            + " flows must have a scope value with /.default suffixed to the resource identifier.");
        }
        String clientId = form.getOrDefault("client_id", "");
        ClientRegistration client = tenant.registration(clientId);
        if (client == null) {
            return error(
                    400,
                    "unauthorized_client",
                    700016,
                    "Application with identifier '" + clientId + "' was not found in the directory.");
        }
        TokenAnswer refusal = refusal(client, form);
        if (refusal != null) {
            return refusal;
        }
        Node user = null;
        if (grant.equals("password")) {
            user = tenant.findBy(Kinds.all().get("users"), "userPrincipalName", form.getOrDefault("username", ""));
            if (user == null) {
                return error(400, "invalid_grant", 50034, "The user account does not exist in the directory.");
            }
        }
        return issue(tenant, client, user);
    }

    private @Nullable TokenAnswer refusal(ClientRegistration client, Map<String, String> form) {
        String secret = form.get("client_secret");
        if (secret != null) {
            return secret.equals(client.secret())
                    ? null
                    : error(401, "invalid_client", 7000215, "Invalid client secret provided.");
        }
        String assertion = form.get("client_assertion");
        if (assertion == null || !ASSERTION.equals(form.get("client_assertion_type"))) {
            return error(
                    401,
                    "invalid_client",
                    7000218,
                    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        }
        JsonNode header = part(assertion, 0);
        JsonNode claims = part(assertion, 1);
        if (header == null || claims == null) {
            return error(401, "invalid_client", 50027, "JWT token is invalid or malformed.");
        }
        boolean expired = claims.has("exp")
                && claims.path("exp").asLong() < clock.instant().getEpochSecond();
        if (expired) {
            return error(401, "invalid_client", 700024, "Client assertion is not within its valid time range.");
        }
        boolean own = claims.path("iss").asText().equalsIgnoreCase(client.clientId());
        if (own) {
            String thumbprint =
                    header.path("x5t#S256").asText(header.path("x5t").asText());
            String wanted = client.certificateThumbprint();
            return wanted == null || wanted.equals(thumbprint)
                    ? null
                    : error(
                            401,
                            "invalid_client",
                            700027,
                            "The certificate used to sign the client assertion is not" + " registered on application.");
        }
        String issuer = client.federatedIssuer();
        return issuer == null || issuer.equals(claims.path("iss").asText())
                ? null
                : error(
                        401,
                        "invalid_client",
                        700211,
                        "No matching federated identity record found for presented" + " assertion issuer.");
    }

    private TokenAnswer issue(Tenant tenant, ClientRegistration client, @Nullable Node user) {
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
        Node principal = tenant.findBy(Kinds.all().get("servicePrincipals"), "appId", client.clientId());
        return principal != null
                ? principal.id()
                : UUID.nameUUIDFromBytes(("sp/" + client.clientId()).getBytes(StandardCharsets.UTF_8))
                        .toString();
    }

    /** The caller that a token stands for; {@code null} if the token is foreign, broken or expired. */
    public @Nullable Caller caller(String token) {
        Known found = known.get(token);
        if (found == null) {
            found = recognise(token);
            if (found == null) {
                return null;
            }
            if (known.size() > MOST_REMEMBERED) {
                known.clear();
            }
            known.put(token, found);
        }
        return found.expires().isAfter(clock.instant()) ? found.caller() : null;
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
                permissions);
        return new Known(caller, Instant.ofEpochSecond(claims.path("exp").asLong()));
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
    public ObjectNode discovery(String base, String tenant) {
        ObjectNode document = Json.object();
        String root = base + "/" + tenant;
        document.put("token_endpoint", root + "/oauth2/v2.0/token");
        document.put("jwks_uri", root + "/discovery/v2.0/keys");
        document.put("issuer", root + "/v2.0");
        document.put("authorization_endpoint", root + "/oauth2/v2.0/authorize");
        document.putArray("response_types_supported").add("code").add("id_token");
        document.putArray("subject_types_supported").add("pairwise");
        document.putArray("id_token_signing_alg_values_supported").add("RS256");
        document.putArray("token_endpoint_auth_methods_supported")
                .add("client_secret_post")
                .add("private_key_jwt");
        return document;
    }

    /** The public keys. */
    public ObjectNode keys() {
        return key.keySet();
    }

    private TokenAnswer error(int status, String error, int number, String message) {
        ObjectNode body = Json.object();
        body.put("error", error);
        String trace = UUID.nameUUIDFromBytes(("t" + count.incrementAndGet()).getBytes(StandardCharsets.US_ASCII))
                .toString();
        body.put("error_description", "AADSTS" + number + ": " + message + " Trace ID: " + trace);
        body.putArray("error_codes").add(number);
        body.put("timestamp", clock.instant().toString());
        body.put("trace_id", trace);
        body.put("correlation_id", trace);
        return new TokenAnswer(status, body);
    }
}
