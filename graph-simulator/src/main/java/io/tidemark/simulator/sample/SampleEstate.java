package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.simulator.sample.References.Reference;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.Optional;

/** What else a company keeps in its directory: policies of devices, access packages, terms, reviews, partners, policies of tokens. */
final class SampleEstate {

    private final SampleIds ids;
    private final Company company;

    SampleEstate(SampleIds ids, Company company) {
        this.ids = ids;
        this.company = company;
    }

    void emit(SeedSink sink) {
        for (var entry : Words.resource("estate.json")) {
            var id = emit(entry, sink);
            if (entry.has("under")) {
                sink.link(
                        entry.at("/under/0").asText(),
                        company.tenantId(),
                        entry.at("/under/1").asText(),
                        id);
            }
        }
    }

    private String emit(JsonNode entry, SeedSink sink) {
        var collection = entry.path("in").asText();
        var object = (ObjectNode) References.resolve(entry.path("object"), this::resolved);
        var key = entry.path("keyedBy").asText("id");
        if (!object.has(key)) {
            object.put(key, id(collection, entry.path("key").asText()));
        }
        var id = object.path(key).asText();
        sink.object(collection, object);
        for (var link : entry.path("links").properties()) {
            link.getValue().forEach(target -> sink.link(collection, id, link.getKey(), target(target.asText())));
        }
        for (var relation : entry.path("tiedTo").properties()) {
            var place = relation.getKey().split("/");
            relation.getValue().forEach(number -> sink.link(place[0], holder(place[0], number.asInt()), place[1], id));
        }
        for (var relation : entry.path("children").properties()) {
            relation.getValue().forEach(child -> sink.link(collection, id, relation.getKey(), emit(child, sink)));
        }
        return id;
    }

    private String holder(String collection, int number) {
        return collection.equals("applications") ? ids.application(number) : ids.servicePrincipal(number);
    }

    private String id(String collection, String key) {
        return ids.id("estate " + collection + " " + key, 0);
    }

    /** The object at the end of a link: one of these, or a user or group by number. */
    private String target(String text) {
        if (text.contains("/")) {
            return id(text.substring(0, text.indexOf('/')), text.substring(text.indexOf('/') + 1));
        }
        var number = Integer.parseInt(text.substring(text.indexOf(':') + 1));
        return text.startsWith("user:") ? ids.user(number) : ids.group(number);
    }

    private Optional<JsonNode> resolved(Reference reference) {
        var text = switch (reference.sort()) {
            case "group" -> ids.group(Integer.parseInt(reference.name()));
            case "user" -> ids.user(Integer.parseInt(reference.name()));
            case "id" -> ids.id(reference.name(), 0);
            case "tenant" -> company.tenantId() + reference.name();
            default -> throw new IllegalStateException("the estate names an unknown sort " + reference.sort());
        };
        return Optional.of(TextNode.valueOf(text));
    }
}
