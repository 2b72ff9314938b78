package io.tidemark.simulator.rules.extension;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Definitions of custom security attributes: they can be switched off but never deleted. */
final class SecurityAttributeRules implements KindRules {

    private static final Set<String> TYPES = Set.of("String", "Integer", "Boolean");
    private static final Set<String> STATES = Set.of("Available", "Deprecated");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{1,32}");
    private static final int MOST = 500;

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        String set = String.valueOf(body.text("attributeSet"));
        String name = String.valueOf(body.text("name"));
        Node parent = writer.tenant().find(Kinds.all().get("attributeSets"), set);
        if (parent == null) {
            throw GraphRefusal.notFound(set);
        }
        state(body);
        if (!TYPES.contains(body.text("type"))) {
            throw GraphRefusal.invalidValue("type", kind.type());
        }
        if (!NAME.matcher(name).matches()) {
            throw GraphRefusal.invalidValue("name", kind.type());
        }
        boolean truth = "Boolean".equals(body.text("type"));
        if (truth && (body.isTrue("isCollection") || body.isTrue("usePreDefinedValuesOnly"))) {
            throw GraphRefusal.invalidValue("isCollection", kind.type());
        }
        String id = set + "_" + name;
        if (writer.tenant().find(kind, id) != null) {
            throw GraphRefusal.conflict("id");
        }
        limits(writer, kind, parent, set);
        body.properties().put("id", Json.text(id));
    }

    private static void limits(TenantWriter writer, Kind kind, Node parent, String set) {
        JsonNode most = parent.entity().get("maxAttributesPerSet");
        int inSet = writer.tenant().allBy(kind, "attributeSet", set).size();
        boolean full = most != null && !most.isNull() && inSet >= most.asInt();
        if (full || writer.tenant().count(kind) >= MOST) {
            throw GraphRefusal.badRequest("The number of custom security attribute definitions is at its limit.");
        }
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        state(body);
    }

    private static void state(Body body) {
        String state = body.text("status");
        if (state != null && !STATES.contains(state)) {
            throw GraphRefusal.invalidValue("status", "customSecurityAttributeDefinition");
        }
    }

    /** Sets of attributes. */
    static final class Sets implements KindRules {

        @Override
        public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
            String id = String.valueOf(body.text("id"));
            if (!NAME.matcher(id).matches()) {
                throw GraphRefusal.invalidValue("id", kind.type());
            }
            if (writer.tenant().find(kind, id) != null) {
                throw GraphRefusal.conflict("id");
            }
            if (writer.tenant().count(kind) >= MOST) {
                throw GraphRefusal.badRequest("The number of attribute sets is at its limit.");
            }
        }
    }

    /** Predefined values of an attribute. */
    static final class Values implements KindRules {

        private static final int MOST_VALUES = 100;

        @Override
        public void beforeCreate(TenantWriter writer, Kind kind, Body body, @Nullable Node parent) {
            if (parent == null || parent.targets("allowedValues").size() >= MOST_VALUES) {
                throw GraphRefusal.badRequest("The number of allowed values is at its limit.");
            }
        }
    }
}
