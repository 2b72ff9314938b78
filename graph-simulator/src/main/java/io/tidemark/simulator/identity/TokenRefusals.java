package io.tidemark.simulator.identity;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why the token endpoint gives no token, in the words of Entra ID. */
final class TokenRefusals {

    private static final Set<String> NOBODYS = Set.of("common", "organizations", "consumers");
    private static final Set<String> GRANTS = Set.of("client_credentials", "password");
    private static final Pattern TENANT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|.*\\..*");

    /** One refusal with its number. */
    record Refusal(int status, String error, int number, String message) {}

    private TokenRefusals() {}

    /** What is wrong with a request whoever asks; {@code null} if nothing is. */
    static @Nullable Refusal of(String tenant, Map<String, String> form) {
        String grant = form.get("grant_type");
        if (grant == null) {
            return missing("grant_type");
        }
        if (!GRANTS.contains(grant)) {
            return new Refusal(
                    400,
                    "unsupported_grant_type",
                    70003,
                    "The app requested an unsupported grant type '" + grant + "'.");
        }
        if (!form.containsKey("client_id")) {
            return missing("client_id");
        }
        if (NOBODYS.contains(tenant.toLowerCase(Locale.ROOT)) && grant.equals("client_credentials")) {
            return new Refusal(
                    400,
                    "invalid_request",
                    50059,
                    "No tenant-identifying information found in either the request or implied by any provided"
                            + " credentials.");
        }
        if (!form.containsKey("scope") && !form.containsKey("resource")) {
            return missing("scope");
        }
        return grant.equals("client_credentials") ? scope(form) : null;
    }

    private static @Nullable Refusal scope(Map<String, String> form) {
        if (form.containsKey("resource")) {
            return null;
        }
        for (String scope : form.getOrDefault("scope", "").trim().split("\\s+")) {
            if (scope.endsWith("/.default")) {
                return null;
            }
        }
        return new Refusal(
                400,
                "invalid_scope",
                1002012,
                "The provided value for scope " + form.getOrDefault("scope", "")
                        + " is not valid. Client credential flows must have a scope value with /.default suffixed to"
                        + " the resource identifier (application ID URI).");
    }

    private static Refusal missing(String parameter) {
        return new Refusal(
                400,
                "invalid_request",
                900144,
                "The request body must contain the following parameter: '" + parameter + "'.");
    }

    static Refusal noTenant(String tenant) {
        if (!TENANT.matcher(tenant).matches()) {
            return new Refusal(
                    400,
                    "invalid_request",
                    900023,
                    "Specified tenant identifier '" + tenant
                            + "' is neither a valid DNS name, nor a valid external domain.");
        }
        return new Refusal(
                400,
                "invalid_request",
                90002,
                "Tenant '" + tenant + "' not found. Check to make sure you have the correct tenant ID and are signing"
                        + " into the correct cloud. Check with your subscription administrator, this may happen if"
                        + " there are no active subscriptions for the tenant.");
    }

    static Refusal noClient(boolean disabled, String clientId, String tenant) {
        if (disabled) {
            return new Refusal(400, "unauthorized_client", 7000112, "Application '" + clientId + "' is disabled.");
        }
        return new Refusal(
                400,
                "unauthorized_client",
                700016,
                "Application with identifier '" + clientId + "' was not found in the directory '" + tenant
                        + "'. This can happen if the application has not been installed by the administrator of the"
                        + " tenant or consented to by any user in the tenant. You may have sent your authentication"
                        + " request to the wrong tenant.");
    }

    static Refusal noUser(String tenant) {
        return new Refusal(
                400,
                "invalid_grant",
                50034,
                "The user account does not exist in the " + tenant
                        + " directory. To sign into this application, the account must be added to the directory.");
    }

    static Refusal userDisabled() {
        return new Refusal(400, "invalid_grant", 50057, "The user account is disabled.");
    }
}
