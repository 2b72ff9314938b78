package io.tidemark.simulator.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The keys of issuers of federated assertions: told beforehand, or fetched from where the issuer says. */
public final class IssuerKeys {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Map<String, JsonNode> told = new ConcurrentHashMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** Says which keys an issuer has: a JSON Web Key Set. */
    public void trust(String issuer, JsonNode keySet) {
        told.put(issuer, keySet);
    }

    /** The issuer's keys that may have signed the assertion; {@code null} if nobody can say. */
    @Nullable
    List<PublicKey> of(String issuer, Assertion assertion) {
        JsonNode set = told.get(issuer);
        if (set == null) {
            set = fetched(issuer);
            if (set == null) {
                return null;
            }
        }
        String wanted = assertion.header().path("kid").asText();
        List<PublicKey> keys = new ArrayList<>();
        for (JsonNode key : set.path("keys")) {
            PublicKey one = wanted.isEmpty() || wanted.equals(key.path("kid").asText()) ? key(key) : null;
            if (one != null) {
                keys.add(one);
            }
        }
        return keys;
    }

    private @Nullable JsonNode fetched(String issuer) {
        try {
            String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
            JsonNode document = get(URI.create(base + "/.well-known/openid-configuration"));
            return get(URI.create(document.path("jwks_uri").asText()));
        } catch (IOException | IllegalArgumentException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private JsonNode get(URI from) throws IOException, InterruptedException {
        boolean safe =
                "https".equals(from.getScheme()) || ("http".equals(from.getScheme()) && HERE.contains(from.getHost()));
        if (!safe) {
            throw new IOException("keys are fetched over https, or from this machine");
        }
        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(from).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        return Json.mapper().readTree(response.body());
    }

    private static @Nullable PublicKey key(JsonNode key) {
        try {
            return switch (key.path("kty").asText()) {
                case "RSA" ->
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(number(key.path("n")), number(key.path("e"))));
                case "EC" -> {
                    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
                    curve.init(new ECGenParameterSpec(
                            key.path("crv").asText().equals("P-384") ? "secp384r1" : "secp256r1"));
                    yield KeyFactory.getInstance("EC")
                            .generatePublic(new ECPublicKeySpec(
                                    new ECPoint(number(key.path("x")), number(key.path("y"))),
                                    curve.getParameterSpec(ECParameterSpec.class)));
                }
                default -> null;
            };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static BigInteger number(JsonNode encoded) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(encoded.asText()));
    }
}
