package io.tidemark.simulator.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;

/** The documents with which a cloud describes itself. */
final class Endpoints {

    private Endpoints() {}

    /** What OpenID clients read first. */
    static ObjectNode discovery(String base, String tenant, String issuerTenant) {
        ObjectNode document = Json.object();
        String root = base + "/" + tenant;
        document.put("token_endpoint", root + "/oauth2/v2.0/token");
        document.putArray("token_endpoint_auth_methods_supported")
                .add("client_secret_post")
                .add("private_key_jwt")
                .add("client_secret_basic");
        document.put("jwks_uri", root + "/discovery/v2.0/keys");
        document.putArray("response_modes_supported")
                .add("query")
                .add("fragment")
                .add("form_post");
        document.putArray("subject_types_supported").add("pairwise");
        document.putArray("id_token_signing_alg_values_supported").add("RS256");
        document.putArray("response_types_supported")
                .add("code")
                .add("id_token")
                .add("code id_token")
                .add("id_token token");
        document.putArray("scopes_supported")
                .add("openid")
                .add("profile")
                .add("email")
                .add("offline_access");
        document.put("issuer", base + "/" + issuerTenant + "/v2.0");
        document.put("request_uri_parameter_supported", false);
        document.put("userinfo_endpoint", "https://graph.microsoft.com/oidc/userinfo");
        document.put("authorization_endpoint", root + "/oauth2/v2.0/authorize");
        document.put("device_authorization_endpoint", root + "/oauth2/v2.0/devicecode");
        document.put("http_logout_supported", true);
        document.put("frontchannel_logout_supported", true);
        document.put("end_session_endpoint", root + "/oauth2/v2.0/logout");
        document.putArray("claims_supported")
                .add("sub")
                .add("iss")
                .add("aud")
                .add("exp")
                .add("iat")
                .add("tid")
                .add("ver");
        document.put("tenant_region_scope", "EU");
        document.put("cloud_instance_name", "microsoftonline.com");
        document.put("cloud_graph_host_name", "graph.windows.net");
        document.put("msgraph_host", "graph.microsoft.com");
        return document;
    }

    /** What authentication libraries ask before they trust a host. */
    static ObjectNode instance(String base, String tenant) {
        String host = base.substring(base.indexOf("://") + 3);
        ObjectNode document = Json.object();
        document.put("tenant_discovery_endpoint", base + "/" + tenant + "/v2.0/.well-known/openid-configuration");
        document.put("api-version", "1.1");
        ObjectNode own = document.putArray("metadata").addObject();
        own.put("preferred_network", host);
        own.put("preferred_cache", host);
        own.putArray("aliases").add(host);
        return document;
    }

    /** What infrastructure tools read to know the addresses of a cloud. */
    static ObjectNode cloud(String base) {
        ObjectNode document = Json.object();
        document.put("name", "Simulator");
        document.put("portal", base);
        ObjectNode authentication = document.putObject("authentication");
        authentication.put("loginEndpoint", base);
        authentication
                .putArray("audiences")
                .add("https://management.core.windows.net/")
                .add("https://management.azure.com/");
        authentication.put("tenant", "common");
        authentication.put("identityProvider", "AAD");
        document.put("graphAudience", "https://graph.windows.net/");
        document.put("graph", "https://graph.windows.net/");
        document.put("resourceManager", base);
        document.put("microsoftGraphResourceId", base);
        document.put("media", "https://rest.media.azure.net");
        document.putObject("suffixes").put("keyVaultDns", "vault.azure.net").put("storage", "core.windows.net");
        return document;
    }
}
