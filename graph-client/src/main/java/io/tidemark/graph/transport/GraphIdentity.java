package io.tidemark.graph.transport;

import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What our own token says of us. It is read, not verified: Graph does that.
 *
 * @param appId the application's id
 * @param servicePrincipalId the object that acts in the tenant
 * @param tenantId the tenant that the token is for
 * @param grantedRoles the application permissions granted, such as {@code User.Read.All}
 */
public record GraphIdentity(
        Optional<String> appId,
        Optional<String> servicePrincipalId,
        Optional<String> tenantId,
        Set<String> grantedRoles) {

    static final GraphIdentity OPAQUE =
            new GraphIdentity(Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

    public GraphIdentity {
        grantedRoles = Set.copyOf(grantedRoles);
    }

    /** Reads a token; a token that cannot be read says nothing. */
    static GraphIdentity of(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return OPAQUE;
        }
        try {
            JsonObject claims =
                    JsonText.parseObject(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            return new GraphIdentity(
                    claims.findString("appid").or(() -> claims.findString("azp")),
                    claims.findString("oid"),
                    claims.findString("tid"),
                    roles(claims));
        } catch (IllegalArgumentException e) {
            return OPAQUE;
        }
    }

    private static Set<String> roles(JsonObject claims) {
        Set<String> roles = new TreeSet<>();
        if (claims.find("roles").orElse(JsonArray.EMPTY) instanceof JsonArray array) {
            array.elements().forEach(role -> {
                if (role instanceof JsonString text) {
                    roles.add(text.value());
                }
            });
        }
        return roles;
    }
}
