package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.LaterProperties.Later;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the service says about itself to everybody: its metadata document and the list of its collections. */
final class Description {

    private static final String XML = SchemaDocument.xml(List.of());

    private Description() {}

    /** What everybody may read without a token; {@code null} if the request is for nothing of it. */
    static @Nullable GraphResponse of(GraphRequest request, Supplier<Collection<Later>> later) {
        if (!request.method().equals("GET")) {
            return null;
        }
        return switch (request.path().toLowerCase(Locale.ROOT)) {
            case "/v1.0/$metadata", "/beta/$metadata" -> metadata(later.get());
            case "/v1.0", "/v1.0/" -> service(request.base() + "/v1.0");
            case "/beta", "/beta/" -> service(request.base() + "/beta");
            default -> null;
        };
    }

    private static GraphResponse metadata(Collection<Later> later) {
        String xml = later.isEmpty() ? XML : SchemaDocument.xml(later);
        return GraphResponse.text(200, "application/xml", xml).with("OData-Version", "4.0");
    }

    private static GraphResponse service(String root) {
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
