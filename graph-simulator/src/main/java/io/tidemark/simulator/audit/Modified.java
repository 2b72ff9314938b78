package io.tidemark.simulator.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How changed properties are written in the audit log: JSON within strings, values within lists. */
final class Modified {

    private static final String EXTENSIONS = "onPremisesExtensionAttributes";

    private final ArrayNode properties;
    private final List<String> included = new ArrayList<>();

    Modified(ObjectNode target) {
        properties = target.putArray("modifiedProperties");
    }

    /** A change of one property of an object. */
    void change(JsonNode table, String property, @Nullable Entity before, @Nullable Entity after) {
        JsonNode old = before == null ? null : before.get(property);
        JsonNode now = after == null ? null : after.get(property);
        if (property.equals(EXTENSIONS)) {
            extensions(old, now);
            return;
        }
        JsonNode given = table.path("names").get(property);
        String name =
                given == null ? Character.toUpperCase(property.charAt(0)) + property.substring(1) : given.asText();
        boolean secret = property.equals("passwordCredentials") || property.equals("keyCredentials");
        add(name, secret ? keys(old) : list(old), secret ? keys(now) : list(now));
        included.add(name);
    }

    private void extensions(@Nullable JsonNode old, @Nullable JsonNode now) {
        for (int i = 1; i <= 15; i++) {
            JsonNode was = old == null ? null : old.get("extensionAttribute" + i);
            JsonNode is = now == null ? null : now.get("extensionAttribute" + i);
            if (!Objects.equals(list(was), list(is))) {
                String name = "ExtensionAttribute" + i;
                add(name, list(was), list(is));
                included.add(name);
            }
        }
    }

    /** The comma list of everything that changed, as Graph adds it at the end. */
    void finish() {
        if (!included.isEmpty()) {
            add("Included Updated Properties", null, quoted(String.join(", ", included)));
        }
    }

    /** A context value that is not a list. */
    void context(String name, @Nullable String old, @Nullable String now) {
        add(name, old == null ? null : quoted(old), now == null ? null : quoted(now));
    }

    /** A value as it is. */
    void raw(String name, @Nullable String old, @Nullable String now) {
        add(name, old, now);
    }

    private void add(String name, @Nullable String old, @Nullable String now) {
        properties.addObject().put("displayName", name).put("oldValue", old).put("newValue", now);
    }

    static String quoted(String text) {
        return Json.write(Json.text(text));
    }

    private static String list(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "[]";
        }
        return Json.write(value.isArray() ? value : Json.array().add(value));
    }

    private static String keys(@Nullable JsonNode credentials) {
        ArrayNode described = Json.array();
        if (credentials != null) {
            for (JsonNode credential : credentials) {
                boolean certificate = credential.has("usage");
                described.add("[KeyIdentifier=" + credential.path("keyId").asText() + ",KeyType="
                        + (certificate ? "AsymmetricX509Cert" : "Password") + ",KeyUsage=Verify,DisplayName="
                        + credential.path("displayName").asText("") + "]");
            }
        }
        return Json.write(described);
    }

    /** Several properties. */
    void changes(JsonNode table, Collection<String> names, @Nullable Entity before, @Nullable Entity after) {
        names.forEach(name -> change(table, name, before, after));
    }

    /** The values of a prefix: as old values when a link went, as new ones when it came. */
    void about(Map<String, @Nullable String> values, boolean gone) {
        values.forEach((name, value) -> context(name, gone ? value : null, gone ? null : value));
    }
}
