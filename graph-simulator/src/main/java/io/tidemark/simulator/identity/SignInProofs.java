package io.tidemark.simulator.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a sign-in proved: a second factor and authentication contexts, as claims requests ask and tokens tell. */
final class SignInProofs {

    private static final String METHODS = "amr";
    private static final String CONTEXTS = "acrs";
    private static final String SECOND_FACTOR = "mfa";

    private SignInProofs() {}

    /** What a claims request of the token endpoint asks for; it is always proved here. */
    static Set<String> asked(@Nullable String claims) {
        Set<String> proofs = new LinkedHashSet<>();
        if (claims != null) {
            try {
                JsonNode access = Json.mapper().readTree(claims).path("access_token");
                if (values(access.path(METHODS)).contains(SECOND_FACTOR)) {
                    proofs.add(SECOND_FACTOR);
                }
                proofs.addAll(values(access.path(CONTEXTS)));
            } catch (JsonProcessingException e) {
                // A claims request that is no JSON asks for nothing.
                return Set.of();
            }
        }
        return proofs;
    }

    private static Set<String> values(JsonNode claim) {
        Set<String> values = new LinkedHashSet<>();
        claim.path("values").forEach(value -> values.add(value.asText()));
        if (claim.hasNonNull("value")) {
            values.add(claim.path("value").asText());
        }
        return values;
    }

    /** Writes the proofs into the claims of a user's token. */
    static void write(ObjectNode claims, Set<String> proofs) {
        ArrayNode methods = claims.putArray(METHODS).add("pwd");
        for (String proof : proofs) {
            if (proof.equals(SECOND_FACTOR)) {
                methods.add(proof);
            } else {
                claims.withArray(CONTEXTS).add(proof);
            }
        }
    }

    /** Reads the proofs from the claims of a token. */
    static Set<String> of(JsonNode claims) {
        Set<String> proofs = new LinkedHashSet<>();
        claims.path(METHODS).forEach(method -> proofs.add(method.asText()));
        claims.path(CONTEXTS).forEach(context -> proofs.add(context.asText()));
        proofs.remove("pwd");
        return proofs;
    }
}
