package io.tidemark.simulator.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Schema;
import io.tidemark.simulator.kind.Schema.TypeRef;
import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.SchemaExtensions;
import io.tidemark.simulator.tenant.Tenant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which properties of an object are shown, and how. */
final class Projection {

    private static final JsonNode EMPTY = Json.array();
    private final Kind kind;
    private final List<String> names;
    private final boolean selected;
    private final boolean keys;
    private final Set<String> blank;

    private Projection(Kind kind, List<String> names, boolean selected, boolean keys) {
        this(kind, names, selected, keys, Set.of());
    }

    private Projection(Kind kind, List<String> names, boolean selected, boolean keys, Set<String> blank) {
        this.kind = kind;
        this.names = names;
        this.selected = selected;
        this.keys = keys;
        this.blank = blank;
    }

    /** The usual properties. */
    static Projection usual(Kind kind) {
        return new Projection(kind, kind.defaults(), false, false);
    }

    /** The usual properties of the version that was asked. */
    static Projection usual(Exchange exchange, Kind kind) {
        List<String> names = exchange.version().equals("beta") ? kind.betaDefaults() : kind.defaults();
        List<String> later = exchange.tenant().later().unasked(kind);
        if (!later.isEmpty()) {
            names = new ArrayList<>(names);
            names.addAll(later);
        }
        return new Projection(kind, names, false, false);
    }

    /** The selected properties; an unknown one is an error. */
    static Projection of(Tenant tenant, Kind kind, @Nullable List<String> select, boolean list) {
        return of(kind, select, list, name -> tenant.later().shows(kind, name, list));
    }

    /** What a request selects of its kind, values of schema extensions among it. */
    static Projection of(Exchange exchange, boolean list) {
        Kind kind = exchange.route().mustKind();
        List<String> select = exchange.options().select();
        if (select == null || select.contains("*")) {
            return usual(exchange, kind);
        }
        return of(
                kind,
                select,
                list,
                name -> SchemaExtensions.definition(exchange.tenant(), kind, name) != null
                        || exchange.tenant().later().shows(kind, name, list));
    }

    private static Projection of(Kind kind, @Nullable List<String> select, boolean list, Predicate<String> extension) {
        if (select == null || select.contains("*")) {
            return usual(kind);
        }
        Set<String> names = new LinkedHashSet<>();
        for (String wanted : select) {
            String plain = wanted.contains("/") ? wanted.substring(0, wanted.indexOf('/')) : wanted;
            String name = kind.property(plain);
            boolean defined = name == null && extension.test(plain);
            if (name == null
                    && !defined
                    && kind.relation(plain) == null
                    && !plain.startsWith("extension_")
                    && !plain.contains("@")) {
                throw GraphRefusal.badQuery("Parsing OData Select and Expand failed: Could not find a property named '"
                        + plain + "' on type 'microsoft.graph." + kind.type() + "'.");
            }
            if (list && name != null && kind.outside(name)) {
                throw GraphRefusal.notImplemented("This operation target is not yet supported.");
            }
            if (name != null) {
                names.add(name);
                names.addAll(kind.brings(name));
            } else if (defined || plain.startsWith("extension_")) {
                names.add(plain);
            }
        }
        return new Projection(kind, List.copyOf(names), true, !list && names.contains("keyCredentials"));
    }

    /** What a request selects, or the usual, of an object that may be of another kind than its own. */
    static Projection lenient(Exchange exchange, Kind kind) {
        List<String> select = exchange.options().select();
        return select == null ? usual(exchange, kind) : lenient(exchange.tenant(), kind, select);
    }

    /** The selected properties as far as the kind has them. */
    static Projection lenient(Tenant tenant, Kind kind, @Nullable List<String> select) {
        if (select == null) {
            return usual(kind);
        }
        List<String> known = new ArrayList<>();
        for (String wanted : select) {
            String name = kind.property(wanted);
            if (name != null) {
                known.add(name);
            } else if (wanted.startsWith("extension_")
                    || SchemaExtensions.named(kind, wanted)
                    || tenant.later().has(kind, wanted)) {
                known.add(wanted);
            }
        }
        if (!known.contains("id")) {
            known.add("id");
        }
        return new Projection(kind, known, true, false);
    }

    /** With nothing in place of what the caller may not see, and without what lists do not show. */
    Projection permitted(Caller caller, boolean list) {
        List<String> shown = new ArrayList<>(names);
        Set<String> unseen = new HashSet<>();
        for (String name : names) {
            Set<String> needed = kind.guards(name);
            boolean may = needed.isEmpty() || needed.stream().anyMatch(caller.permissions()::contains);
            if (!may && kind.singleOnly(name)) {
                throw GraphRefusal.denied();
            }
            if (!may) {
                unseen.add(name);
            }
            if (list && kind.singleOnly(name)) {
                shown.remove(name);
            }
        }
        return unseen.isEmpty() && shown.size() == names.size()
                ? this
                : new Projection(kind, List.copyOf(shown), selected, keys, unseen);
    }

    List<String> names() {
        return names;
    }

    boolean selected() {
        return selected;
    }

    /** Writes the members of an object, without its braces. */
    void write(JsonGenerator out, Entity entity, boolean typed) throws IOException {
        JsonNode stored = entity.get("@odata.type");
        if (stored != null) {
            out.writeStringField("@odata.type", stored.asText());
        } else if (typed || kind.is("open")) {
            out.writeStringField("@odata.type", "#" + kind.typeName());
        }
        Entity.Writer values = entity.writer();
        for (String name : names) {
            boolean unset = SchemaExtensions.named(kind, name) && !values.has(name);
            if (!unset) {
                out.writeFieldName(name);
                value(out, name, values, entity);
            }
        }
        if ((stored != null || kind.is("open")) && !selected) {
            derived(out, entity);
        }
    }

    /** Writes the id although it was not selected: changes are told by id. */
    void writeId(JsonGenerator out, Entity entity) throws IOException {
        if (!names.contains("id")) {
            out.writeStringField("id", String.valueOf(entity.text("id")));
        }
    }

    /** Writes some of the properties. */
    void writeOnly(JsonGenerator out, Entity entity, Set<String> wanted) throws IOException {
        Entity.Writer values = entity.writer();
        for (String name : names) {
            if (wanted.contains(name) && !name.equals("id")) {
                out.writeFieldName(name);
                value(out, name, values, entity);
            }
        }
    }

    /** Writes the properties that have a value. */
    void writeSet(JsonGenerator out, Entity entity) throws IOException {
        Entity.Writer values = entity.writer();
        for (String name : names) {
            if (values.has(name) && !blank.contains(name)) {
                out.writeFieldName(name);
                value(out, name, values, entity);
            }
        }
    }

    private void derived(JsonGenerator out, Entity entity) throws IOException {
        Entity.Writer values = entity.writer();
        String type = String.valueOf(entity.text("@odata.type"));
        Map<String, TypeRef> declared =
                kind.typed() ? Schema.v1().properties(type.substring(type.lastIndexOf('.') + 1)) : null;
        if (declared != null) {
            for (String name : declared.keySet()) {
                if (!names.contains(name) && !kind.selectOnly(name)) {
                    out.writeFieldName(name);
                    value(out, name, values, entity);
                }
            }
        }
        for (String name : entity.names()) {
            if (!names.contains(name)
                    && (declared == null || !declared.containsKey(name))
                    && !name.startsWith("@")
                    && (kind.is("open") || kind.properties().containsKey(name))) {
                out.writeFieldName(name);
                value(out, name, values, entity);
            }
        }
    }

    private void value(JsonGenerator out, String name, Entity.Writer values, Entity entity) throws IOException {
        if (!values.has(name) || blank.contains(name) || kind.secret(name) || (!selected && kind.hollow(name))) {
            TypeRef type = kind.properties().get(name);
            write(out, type != null && type.many() && type.required() ? EMPTY : Json.text(null));
            return;
        }
        if (kind.masked(name)) {
            out.writeString("******");
            return;
        }
        String hidden = name.equals("passwordCredentials")
                ? "secretText"
                : name.equals("keyCredentials") && !keys ? "key" : null;
        JsonNode credentials = hidden == null ? null : entity.get(name);
        if (hidden == null || credentials == null) {
            values.write(out, name);
        } else {
            write(out, without(credentials, hidden));
        }
    }

    private static JsonNode without(JsonNode credentials, String hidden) {
        if (credentials.isEmpty()) {
            return credentials;
        }
        JsonNode copy = credentials.deepCopy();
        for (JsonNode credential : copy) {
            ((ObjectNode) credential).putNull(hidden);
        }
        return copy;
    }

    static void write(JsonGenerator out, JsonNode value) throws IOException {
        switch (value.getNodeType()) {
            case STRING -> out.writeString(value.textValue());
            case BOOLEAN -> out.writeBoolean(value.booleanValue());
            case NULL -> out.writeNull();
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode item : value) {
                    write(out, item);
                }
                out.writeEndArray();
            }
            default -> out.writeTree(value);
        }
    }
}
