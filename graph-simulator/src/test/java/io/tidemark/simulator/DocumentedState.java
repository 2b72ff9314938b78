package io.tidemark.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.SeedSink;
import io.tidemark.simulator.tenant.TenantSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a tenant must contain so that a documented request can be answered as documented; and what to send. */
final class DocumentedState implements TenantSeed {

    static final String ME = "5e5e5e5e-0000-4000-8000-00000000000e";
    private static final Pattern KEYED = Pattern.compile("(\\w+)\\((?:(\\w+)=)?'?([^')]*)'?\\)");

    private final boolean creates;
    private String first = "";
    private @Nullable Kind firstKind;

    private final DocumentedPair pair;
    private final JsonNode preparations;
    private final DocumentedContent content;
    private @Nullable Kind kind;
    private @Nullable Relation last;
    private @Nullable String owner;
    private boolean collection;
    private String scope = "";
    private boolean operation;
    private boolean property;
    private @Nullable ObjectNode addressed;
    private @Nullable Kind addressedKind;

    DocumentedState(DocumentedPair pair, JsonNode preparations) {
        this.pair = pair;
        this.preparations = preparations;
        this.content = new DocumentedContent(pair, preparations);
        this.creates = pair.method().equals("PATCH") && pair.status() == 201;
        walk(new ArrayList<>(pair.steps()));
        references(pair.body());
        prepared(preparations.path("always"));
        content.matching("also").forEach(this::prepared);
        for (JsonNode more : content.matching("links")) {
            more.forEach(link -> content.link(
                    link.has("table") || firstKind == null ? link.path("table").asText() : firstKind.collection(),
                    link.path("from").asText(first),
                    link.path("relation").asText(),
                    link.path("to").asText(first)));
        }
    }

    private void prepared(JsonNode tables) {
        tables.properties()
                .forEach(table -> table.getValue()
                        .forEach(object -> put(
                                Kinds.all().get(table.getKey()),
                                object.path("id").asText(),
                                object.deepCopy())));
    }

    @Override
    public void emit(SeedSink sink) {
        content.emit(sink);
    }

    private void put(Kind kind, String id, ObjectNode object) {
        ObjectNode complete = content.put(kind, id, object);
        if (kind == this.kind) {
            addressed = complete;
            addressedKind = kind;
        }
    }

    private void walk(List<String> steps) {
        if (steps.get(0).equals("me")) {
            steps.set(0, "users");
            steps.add(1, ME);
        }
        String head = String.join("/", steps).toLowerCase(Locale.ROOT);
        if (head.startsWith("directory/deleteditems") || head.startsWith("directoryobjects")) {
            loose(steps, head.startsWith("directory/"));
            return;
        }
        int at = longest(steps);
        if (kind == null) {
            return;
        }
        Matcher keyed = KEYED.matcher(steps.get(at - 1));
        String id = null;
        if (keyed.matches()) {
            id = object(kind, keyed.group(3), keyed.group(2), at == steps.size());
        } else if (kind.singleton()) {
            id = single(kind, at == steps.size());
        } else if (at == steps.size()) {
            collection = true;
            items(kind, null, null);
            return;
        }
        if (id == null) {
            String step = steps.get(at++);
            if (step.startsWith("$") || step.startsWith("delta") || action(kind, step)) {
                operation = true;
                items(kind, null, null);
                return;
            }
            id = object(kind, step, null, at == steps.size());
        }
        first = id;
        firstKind = kind;
        under(steps, at, id);
    }

    private int longest(List<String> steps) {
        int found = 0;
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            path.append(i == 0 ? "" : "/").append(steps.get(i).replaceAll("\\(.*", ""));
            for (Kind candidate : Kinds.all().values()) {
                for (String one : candidate.paths()) {
                    if (one.equalsIgnoreCase(path.toString())) {
                        kind = candidate;
                        found = i + 1;
                    }
                }
            }
        }
        return found;
    }

    private void under(List<String> steps, int from, String start) {
        String id = start;
        int at = from;
        while (at < steps.size() && kind != null) {
            String step = steps.get(at).replace("microsoft.graph.", "");
            Relation relation = kind.relation(step);
            if (relation == null && at + 1 < steps.size()) {
                relation = kind.relation(step + "/" + steps.get(at + 1));
                at += relation == null ? 0 : 1;
            }
            boolean deeper = relation == null && at + 2 < steps.size();
            if (deeper && kind.relation(step + "/" + steps.get(at + 1) + "/" + steps.get(at + 2)) != null) {
                return;
            }
            Matcher keyed = KEYED.matcher(step);
            if (relation == null && keyed.matches() && creates) {
                last = kind.relation(keyed.group(1));
                kind = last == null ? kind : Kinds.all().get(last.targets().get(0));
                return;
            }
            if (relation == null && at + 2 == steps.size() && action(kind, step + "/" + steps.get(at + 1))) {
                operation = true;
                return;
            }
            if (relation == null) {
                stored(kind, id, step);
                operation = action(kind, step) || (kind.property(step) == null && !step.startsWith("$"));
                property = kind.property(step) != null;
                return;
            }
            at++;
            String cast = null;
            if (at < steps.size() && steps.get(at).startsWith("microsoft.graph.") && at + 1 == steps.size()) {
                cast = steps.get(at++);
            }
            last = relation;
            owner = id;
            boolean end = at == steps.size() || steps.get(at).startsWith("$");
            if (end) {
                collection = !relation.single();
                if (cast != null) {
                    items(kind, relation, id);
                    return;
                }
                target(relation, id, at == steps.size());
                return;
            }
            Kind target = Kinds.all().get(relation.targets().get(0));
            if (relation.single()) {
                String key = DocumentedPair.id(id + step);
                reach(relation, id, target, object(target, key, null, false));
                id = key;
            } else if (action(target, steps.get(at))) {
                operation = true;
                kind = target;
                return;
            } else {
                String key = steps.get(at++);
                boolean shown = at == steps.size();
                Kind typed = shown ? DocumentedContent.typeOf(pair.body(), target) : target;
                scope = typed.is("scopedId") ? id + "/" : "";
                String made = object(typed, key, null, shown);
                scope = "";
                reach(relation, id, typed, made);
                target = typed;
                id = made;
            }
            kind = target;
        }
    }

    /** The documented value of a property. */
    private void stored(Kind kind, String id, String step) {
        String name = kind.property(step);
        if (name == null || !pair.method().equals("GET") || !pair.body().isObject()) {
            return;
        }
        JsonNode value =
                pair.body().has("value") ? pair.body().get("value") : DocumentedContent.clean(kind, pair.body());
        if (!value.isEmpty() || value.isTextual()) {
            content.told(kind, id).set(name, value);
        }
    }

    private void target(Relation relation, String id, boolean body) {
        Kind kind = this.kind;
        if (kind == null) {
            return;
        }
        if (!relation.single()) {
            items(kind, relation, id);
        } else if (!pair.method().equals("PUT") && !pair.method().equals("POST")) {
            Kind target = Kinds.all().get(relation.targets().get(0));
            Kind typed = DocumentedContent.typeOf(pair.body(), target);
            target = relation.targets().contains(typed.collection()) ? typed : target;
            String key = pair.body().path("id").asText(DocumentedPair.id(id + relation.name()));
            String made = object(target, key, null, body);
            reach(relation, id, target, made);
        }
        this.kind = Kinds.all().get(relation.targets().get(0));
    }

    /** Objects that a list shows. */
    private void items(Kind kind, @Nullable Relation relation, @Nullable String owner) {
        if (!pair.method().equals("GET")) {
            return;
        }
        int number = 0;
        for (JsonNode item : pair.body().path("value")) {
            Kind declared =
                    relation == null ? kind : Kinds.all().get(relation.targets().get(0));
            if (item.isObject()) {
                Kind own =
                        relation == null && !kind.directoryObject() ? kind : DocumentedContent.typeOf(item, declared);
                ObjectNode object = DocumentedContent.clean(own, item);
                String key = own.keyedBy() != null && object.has(own.keyedBy())
                        ? object.path(own.keyedBy()).asText()
                        : object.path("id").asText(DocumentedPair.id("item" + number++));
                if (pair.url().contains("filterByCurrentUser") && object.has("principalId")) {
                    object.put("principalId", ME);
                }
                String told = own.is("scopedId") && owner != null ? owner + "/" + key : key;
                put(own, told, object);
                embedded(own, told, item);
                if (relation != null && owner != null) {
                    reach(relation, owner, own, told);
                }
            }
        }
    }

    private void loose(List<String> steps, boolean deleted) {
        int at = deleted ? 2 : 1;
        Kind found = DocumentedContent.typeOf(
                pair.body().path("value").path(0),
                DocumentedContent.typeOf(pair.body(), Kinds.all().get("users")));
        for (JsonNode named : content.matching("kinds")) {
            found = Kinds.all().get(named.asText());
        }
        if (steps.size() > at && steps.get(at).startsWith("microsoft.graph.")) {
            Kind cast = Kinds.all().ofType(steps.get(at));
            found = cast == null ? found : cast;
        } else if (steps.size() > at && steps.get(at).length() == 36) {
            first = object(found, steps.get(at), null, steps.size() == at + 1);
            firstKind = found;
        }
        if (steps.size() > at && pair.method().equals("GET")) {
            items(found, null, null);
        }
        kind = found;
        operation = true;
        if (deleted) {
            content.objects().forEach(object -> object.put("deletedDateTime", "2026-11-01T00:00:00Z"));
        }
    }

    private static boolean action(Kind kind, String step) {
        String plain = step.replaceAll("\\(.*", "").replace("microsoft.graph.", "");
        return kind.action(plain) != null;
    }

    private String single(Kind kind, boolean shown) {
        boolean given = shown && pair.body().isObject() && pair.method().equals("GET");
        if (given) {
            put(
                    kind,
                    kind.preset().path(0).path("id").asText(kind.collection()),
                    DocumentedContent.clean(kind, pair.body()));
        }
        return kind.preset().path(0).path("id").asText(kind.collection());
    }

    /** An object with a key: the documented one if it is the one that is shown. */
    private String object(Kind kind, String key, @Nullable String keyProperty, boolean shown) {
        JsonNode body =
                pair.body().path("value").isArray() && pair.body().path("value").size() == 1
                        ? pair.body().path("value").get(0)
                        : pair.body();
        boolean given = shown && body.isObject() && !pair.method().equals("POST");
        ObjectNode object = given ? DocumentedContent.clean(kind, body) : Json.object();
        String id = keyProperty == null || keyProperty.equals("id")
                ? key
                : object.path("id").asText(DocumentedPair.id(key));
        if (keyProperty == null && kind.type().equals("user") && key.contains("@")) {
            object.put("userPrincipalName", key);
            id = object.path("id").asText(DocumentedPair.id(key));
        } else if (keyProperty != null && !keyProperty.equals("id")) {
            object.put(keyProperty, key);
        }
        if (!shown || !creates) {
            put(kind, scope + id, object);
        }
        if (given) {
            embedded(kind, scope + id, body);
        }
        return scope + id;
    }

    /** Objects that are documented inside another one, because it was asked to be expanded. */
    private void embedded(Kind kind, String id, JsonNode body) {
        for (Map.Entry<String, JsonNode> property : body.properties()) {
            Relation relation = kind.relation(property.getKey());
            if (relation == null || !property.getValue().isContainerNode() || creates) {
                continue;
            }
            Kind declared = Kinds.all().get(relation.targets().get(0));
            int number = 0;
            for (JsonNode item : property.getValue().isArray() ? property.getValue() : List.of(property.getValue())) {
                Kind own = DocumentedContent.typeOf(item, declared);
                String keyedBy = own.keyedBy() == null ? "id" : own.keyedBy();
                String key = item.path(keyedBy).asText(DocumentedPair.id(id + relation.name() + number++));
                String told = own.is("scopedId") ? id + "/" + key : key;
                put(own, told, DocumentedContent.clean(own, item));
                content.reach(kind, relation, id, own, told);
                embedded(own, told, item);
            }
        }
    }

    /** Makes a relation lead from one object to another. */
    private void reach(Relation relation, String owner, Kind target, String id) {
        if (kind != null) {
            content.reach(kind, relation, owner, target, id);
        }
    }

    /** Objects that the documented one names. */
    private void references(JsonNode body) {
        JsonNode item = body.path("value").isArray() ? body.path("value").path(0) : body;
        for (Map.Entry<String, JsonNode> reference :
                preparations.path("references").properties()) {
            JsonNode id = item.path(reference.getKey());
            if (id.isTextual() && id.asText().length() == 36) {
                put(Kinds.all().get(reference.getValue().asText()), id.asText(), Json.object());
            }
        }
    }

    /** Whether the schema declares a property of what is shown, or the request expands it. */
    boolean declares(String name) {
        JsonNode value = pair.body().path("value");
        JsonNode item = value.isArray() ? value.path(0) : pair.body();
        Kind shown = kind == null ? null : DocumentedContent.typeOf(item, kind);
        if (shown == null) {
            return true;
        }
        boolean selected = pair.url().contains("select=") && pair.url().contains(name);
        if (shown.properties().containsKey(name)
                && !shown.typed()
                && !selected
                && !shown.defaults().contains(name)) {
            return false;
        }
        if (operation && !pair.url().contains("/delta")) {
            return true;
        }
        boolean expanded = pair.url().contains("$expand") && pair.url().contains(name);
        return shown.properties().containsKey(name) || (expanded && shown.relation(name) != null);
    }

    /** The body to send; {@code null} for none. */
    @Nullable
    String request() {
        ObjectNode known = addressedKind == kind ? addressed : null;
        return new DocumentedRequest(pair, preparations, content)
                .body(new DocumentedRequest.Place(kind, last, operation || property, creates, known));
    }
}
