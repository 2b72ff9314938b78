package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Schema;
import io.tidemark.simulator.kind.Schema.EnumType;
import io.tidemark.simulator.kind.Schema.TypeRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How one answer spells its values: large numbers as texts for who asks so, members that enumerations got late only for who knows of them. */
final class ValueSpelling {

    private static final Set<String> LARGE = Set.of("Int64", "Decimal");
    private static final String COUNT = "@odata.count";
    private static final Map<Kind, Boolean> EVOLVED = new ConcurrentHashMap<>();

    private final boolean texts;
    private final boolean published;

    private ValueSpelling(boolean texts, boolean published) {
        this.texts = texts;
        this.published = published;
    }

    /** The answer as the request wants it spelled. */
    static GraphResponse of(Exchange exchange, GraphResponse response) {
        GraphRequest request = exchange.request();
        String accept = request.header("Accept");
        boolean texts = accept != null
                && accept.toLowerCase(Locale.ROOT).replace(" ", "").contains("ieee754compatible=true");
        boolean published = !request.prefers("include-unknown-enum-members");
        Kind kind = MetadataLevel.kind(exchange);
        boolean late = published
                && kind != null
                && (!exchange.options().expand().isEmpty() || EVOLVED.computeIfAbsent(kind, ValueSpelling::evolved));
        if (!texts && !late || !response.isJson() || response.body().length == 0 || response.status() >= 300) {
            return response;
        }
        try {
            JsonNode body = Json.mapper().readTree(response.body());
            new ValueSpelling(texts, published).answer(exchange, kind, body);
            GraphResponse spelled = new GraphResponse(response.status(), response.headers(), Json.bytes(body));
            String type = response.headers().get("Content-Type");
            return texts && type != null
                    ? spelled.with("Content-Type", type.replace("IEEE754Compatible=false", "IEEE754Compatible=true"))
                    : spelled;
        } catch (IOException e) {
            throw new UncheckedIOException("an answer is not JSON", e);
        }
    }

    /** Whether objects of a kind can hold a member that its enumeration got late. */
    private static boolean evolved(Kind kind) {
        Set<String> seen = new HashSet<>();
        return kind.properties().values().stream().anyMatch(type -> evolved(type.name(), seen));
    }

    private static boolean evolved(String type, Set<String> seen) {
        Schema schema = Schema.v1();
        EnumType enumeration = schema.enumeration(type);
        if (enumeration != null) {
            return enumeration.evolved();
        }
        Map<String, TypeRef> members = schema.properties(type);
        if (members == null || !seen.add(type)) {
            return false;
        }
        return members.values().stream().anyMatch(member -> evolved(member.name(), seen))
                || schema.descendants(type).stream().anyMatch(one -> evolved(one, seen));
    }

    private void answer(Exchange exchange, @Nullable Kind kind, JsonNode body) {
        if (!(body instanceof ObjectNode whole)) {
            return;
        }
        count(whole);
        JsonNode value = whole.get("value");
        String property = exchange.route().place() == Route.Place.PROPERTY
                ? exchange.route().name()
                : null;
        if (value != null && kind != null && property != null) {
            TypeRef type = kind.properties().get(property);
            whole.set("value", type == null ? value : spelled(value, type.name()));
        } else if (value != null && value.isArray()) {
            value.forEach(item -> object(item, kind));
        } else {
            object(whole, kind);
        }
    }

    private void count(ObjectNode object) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (texts && member.getKey().endsWith(COUNT) && member.getValue().isNumber()) {
                member.setValue(TextNode.valueOf(member.getValue().asText()));
            }
        }
    }

    private void object(JsonNode node, @Nullable Kind kind) {
        if (node instanceof ObjectNode object && kind != null) {
            members(object, kind.properties(), type(object, kind.type()));
        }
    }

    private static String type(ObjectNode object, String declared) {
        String told = object.path("@odata.type").asText();
        return told.isEmpty() ? declared : told.substring(told.lastIndexOf('.') + 1);
    }

    private void members(ObjectNode object, Map<String, TypeRef> declared, String type) {
        count(object);
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            TypeRef known = declared.get(member.getKey());
            TypeRef leads = known == null ? Schema.v1().navigation(type, member.getKey()) : known;
            if (leads != null) {
                member.setValue(spelled(member.getValue(), leads.name()));
            }
        }
    }

    private JsonNode spelled(JsonNode value, String type) {
        if (value.isArray()) {
            ArrayNode all = Json.array();
            value.forEach(item -> all.add(spelled(item, type)));
            return all;
        }
        if (value.isNumber()) {
            return texts && LARGE.contains(type) ? TextNode.valueOf(value.asText()) : value;
        }
        if (value.isTextual()) {
            EnumType enumeration = Schema.v1().enumeration(type);
            return published && enumeration != null && enumeration.evolved()
                    ? TextNode.valueOf(known(enumeration, value.asText()))
                    : value;
        }
        if (value instanceof ObjectNode object) {
            String actual = type(object, type);
            Map<String, TypeRef> declared = Schema.v1().properties(actual);
            if (declared != null) {
                members(object, declared, actual);
            }
        }
        return value;
    }

    private static String known(EnumType enumeration, String text) {
        return Arrays.stream(text.split(","))
                .map(one -> enumeration.late(one) ? EnumType.SENTINEL : one)
                .distinct()
                .collect(Collectors.joining(","));
    }
}
