package io.tidemark.simulator.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A signed token that a client shows instead of a secret. */
record Assertion(JsonNode header, JsonNode claims, String content, byte[] signature) {

    private static final Map<String, String> ALGORITHMS = Map.of(
            "RS256", "SHA256withRSA",
            "RS384", "SHA384withRSA",
            "RS512", "SHA512withRSA",
            "PS256", "RSASSA-PSS",
            "ES256", "SHA256withECDSAinP1363Format",
            "ES384", "SHA384withECDSAinP1363Format");

    /** Reads a token; {@code null} if it is none. */
    static @Nullable Assertion parse(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            JsonNode header = json(parts[0]);
            JsonNode claims = json(parts[1]);
            return header.isObject() && claims.isObject()
                    ? new Assertion(
                            header,
                            claims,
                            parts[0] + "." + parts[1],
                            Base64.getUrlDecoder().decode(parts[2]))
                    : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static JsonNode json(String part) throws IOException {
        return Json.mapper().readTree(Base64.getUrlDecoder().decode(part));
    }

    String claim(String name) {
        return claims.path(name).asText();
    }

    /** Whether one of the audiences is this one. */
    boolean isFor(String audience) {
        JsonNode given = claims.path("aud");
        if (given.isArray()) {
            for (JsonNode one : given) {
                if (one.asText().equals(audience)) {
                    return true;
                }
            }
        }
        return given.asText().equals(audience);
    }

    /** Whether the key's owner signed it. */
    boolean signedWith(PublicKey key) {
        String algorithm = ALGORITHMS.get(header.path("alg").asText());
        if (algorithm == null) {
            return false;
        }
        try {
            Signature check = Signature.getInstance(algorithm);
            if (algorithm.equals("RSASSA-PSS")) {
                check.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            check.initVerify(key);
            check.update(content.getBytes(StandardCharsets.US_ASCII));
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
