package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.Json;
import io.tidemark.simulator.tenant.Kind;
import io.tidemark.simulator.tenant.Kinds;

/** What the service says about itself to everybody: its metadata document and the list of its collections. */
final class Description {

    private static final String XML = SchemaDocument.xml();

    private Description() {}

    /** {@code $metadata}. */
    static GraphResponse metadata() {
        return GraphResponse.text(200, "application/xml", XML).with("OData-Version", "4.0");
    }

    /** The service document. */
    static GraphResponse service(String root) {
        ObjectNode document = Json.object();
        document.put("@odata.context", root + "/$metadata");
        ArrayNode value = document.putArray("value");
        for (Kind kind : Kinds.all().values()) {
            for (String path : kind.paths()) {
                if (!path.contains("/")) {
                    ObjectNode one = value.addObject().put("name", path);
                    if (kind.singleton()) {
                        one.put("kind", "Singleton");
                    }
                    one.put("url", path);
                }
            }
        }
        return GraphResponse.json(200, document);
    }
}
