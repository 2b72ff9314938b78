package io.tidemark.simulator.rules.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.GraphRefusal;

/** How device management says no: a message within a message. */
final class IntuneRefusal {

    private IntuneRefusal() {}

    static GraphRefusal of(String message) {
        ObjectNode inner = Json.object();
        inner.put("_version", 3);
        inner.put("Message", message);
        inner.put("CustomApiErrorPhrase", "");
        return new GraphRefusal(400, "BadRequest", Json.write(inner));
    }
}
