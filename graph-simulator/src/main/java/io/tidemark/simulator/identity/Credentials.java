package io.tidemark.simulator.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks by what a client proves itself: a secret, an assertion signed with its certificate, or one of a trusted issuer. */
final class Credentials {

    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String EXCHANGE = "api://AzureADTokenExchange";

    /** Why a proof is not accepted. */
    record Objection(int number, String message) {}

    private final Clock clock;
    private final IssuerKeys issuers;

    Credentials(Clock clock, IssuerKeys issuers) {
        this.clock = clock;
        this.issuers = issuers;
    }

    /** What is wrong with the proof; {@code null} if nothing is. */
    @Nullable
    Objection check(
            Tenant tenant,
            String named,
            String clientId,
            @Nullable ClientRegistration client,
            Map<String, String> form) {
        String secret = form.get("client_secret");
        if (secret != null) {
            boolean right = client != null && secret.equals(client.secret());
            if (right || tenant.registered(clientId, secret) || tenant.accepts(clientId, secret, clock.instant())) {
                return null;
            }
            return tenant.accepts(clientId, secret, Instant.MIN)
                    ? new Objection(
                            7000222,
                            "The provided client secret keys for app '" + clientId
                                    + "' are expired. Visit the Azure portal to create new keys for your app:"
                                    + " https://aka.ms/NewClientSecret, or consider using certificate credentials for"
                                    + " added security: https://aka.ms/certCreds.")
                    : new Objection(
                            7000215,
                            "Invalid client secret provided. Ensure the secret being sent in the request is the client"
                                    + " secret value, not the client secret ID, for a secret added to app '" + clientId
                                    + "'.");
        }
        String shown = form.get("client_assertion");
        if (shown == null || !ASSERTION.equals(form.get("client_assertion_type"))) {
            return new Objection(
                    7000218,
                    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        }
        Assertion assertion = Assertion.parse(shown);
        if (assertion == null) {
            return new Objection(50027, "JWT token is invalid or malformed.");
        }
        long now = clock.instant().getEpochSecond();
        boolean late =
                assertion.claims().has("exp") && assertion.claims().path("exp").asLong() < now;
        boolean early = assertion.claims().path("nbf").asLong(0) > now + 300;
        if (late || early) {
            return new Objection(700024, "Client assertion is not within its valid time range.");
        }
        return assertion.claim("iss").equalsIgnoreCase(clientId)
                ? certificate(tenant, named, clientId, client, assertion)
                : federated(tenant, clientId, client, assertion);
    }

    private static @Nullable Objection certificate(
            Tenant tenant, String named, String clientId, @Nullable ClientRegistration client, Assertion assertion) {
        String audience = assertion.claim("aud");
        String[] parts = audience.split("/");
        String told = parts.length > 3 ? parts[3] : "";
        boolean meant = told.equalsIgnoreCase(named)
                || told.equalsIgnoreCase(tenant.id().toString());
        if (!meant) {
            return new Objection(700023, "Client assertion audience claim does not match Realm issuer.");
        }
        X509Certificate certificate = ClientCertificates.of(tenant, clientId, client, assertion);
        if (certificate == null) {
            return new Objection(
                    700027,
                    "The certificate with identifier used to sign the client assertion is not registered on"
                            + " application.");
        }
        return assertion.signedWith(certificate.getPublicKey())
                ? null
                : new Objection(700027, "Client assertion failed signature validation.");
    }

    private @Nullable Objection federated(
            Tenant tenant, String clientId, @Nullable ClientRegistration client, Assertion assertion) {
        String issuer = assertion.claim("iss");
        Objection objection = trusted(tenant, clientId, client, assertion, issuer);
        if (objection != null) {
            return objection;
        }
        List<PublicKey> keys = issuers.of(issuer, assertion);
        if (keys == null) {
            return new Objection(50166, "Request to External OIDC endpoint failed.");
        }
        return keys.stream().anyMatch(assertion::signedWith)
                ? null
                : new Objection(700027, "Client assertion failed signature validation.");
    }

    private static @Nullable Objection trusted(
            Tenant tenant, String clientId, @Nullable ClientRegistration client, Assertion assertion, String issuer) {
        if (client != null && issuer.equals(client.federatedIssuer())) {
            return null;
        }
        List<JsonNode> trusts = trusts(tenant, clientId);
        trusts.removeIf(t -> !t.path("issuer").asText().equals(issuer));
        if (trusts.isEmpty()) {
            return new Objection(
                    700211,
                    "No matching federated identity record found for presented assertion issuer '" + issuer + "'.");
        }
        trusts.removeIf(t -> !t.path("subject").asText().equals(assertion.claim("sub")));
        if (trusts.isEmpty()) {
            return new Objection(
                    700213,
                    "No matching federated identity record found for presented assertion subject '"
                            + assertion.claim("sub") + "'.");
        }
        for (JsonNode trust : trusts) {
            JsonNode audiences = trust.path("audiences");
            if (assertion.isFor(audiences.path(0).asText(EXCHANGE))) {
                return null;
            }
        }
        return new Objection(
                700212,
                "No matching federated identity record found for presented assertion audience '"
                        + assertion.claim("aud") + "'.");
    }

    private static List<JsonNode> trusts(Tenant tenant, String clientId) {
        return tenant.read(() -> {
            List<JsonNode> found = new ArrayList<>();
            Node application = tenant.findBy(Kinds.all().get("applications"), "appId", clientId);
            if (application != null) {
                for (Node trust : application.targets("federatedIdentityCredentials")) {
                    if (trust.live()) {
                        found.add(trust.entity().toJson());
                    }
                }
            }
            return found;
        });
    }
}
