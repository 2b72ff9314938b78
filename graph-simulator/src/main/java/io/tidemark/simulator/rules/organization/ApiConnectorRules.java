package io.tidemark.simulator.rules.organization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.TenantWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Calls of other services during sign-up; what they authenticate with is not shown. */
final class ApiConnectorRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        hide(body);
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        hide(body);
    }

    private static void hide(Body body) {
        JsonNode sent = body.properties().get("authenticationConfiguration");
        if (sent == null || !sent.isObject()) {
            return;
        }
        ObjectNode hidden = sent.deepCopy();
        if (hidden.has("password")) {
            hidden.put("password", "******");
        }
        if (hidden.has("pkcs12Value")) {
            hidden.remove("pkcs12Value");
            hidden.remove("password");
        }
        body.properties().put("authenticationConfiguration", hidden);
    }

    /** Takes a client certificate; only what is public of it is shown. */
    static Outcome upload(ActionCall call) {
        if (!call.body().path("pkcs12Value").isTextual()) {
            throw GraphRefusal.badQuery("The certificate is missing.");
        }
        Instant now = call.writer().context().time();
        ObjectNode configuration = Json.object();
        configuration.put("@odata.type", "#microsoft.graph.clientCertificateAuthentication");
        ObjectNode certificate = configuration.putArray("certificateList").addObject();
        String thumbprint =
                Integer.toHexString(call.body().path("pkcs12Value").asText().hashCode());
        certificate.put("thumbprint", thumbprint.repeat(5).toUpperCase(Locale.ROOT));
        certificate.put("notAfter", now.plus(Duration.ofDays(365)).getEpochSecond());
        certificate.put("notBefore", now.getEpochSecond()).put("isActive", true);
        call.writer().change(call.mustNode(), Map.of("authenticationConfiguration", configuration), null);
        return Outcome.one(200, call.mustNode());
    }
}
