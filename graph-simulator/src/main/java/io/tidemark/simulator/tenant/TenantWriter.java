package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.kind.Schema;
import io.tidemark.simulator.tenant.Journal.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes the directory for one request. First everything is checked, then everything is done. */
public final class TenantWriter {

    private static final int MOST_LINKS = 20;

    private final Tenant tenant;
    private final WriteContext context;
    private final BodyCheck check;
    private final LinkWriter links;
    private final RecycleBin bin;
    private @Nullable Node parent;
    private boolean untraced;

    TenantWriter(Tenant tenant, WriteContext context) {
        this.tenant = tenant;
        this.context = context;
        this.check = new BodyCheck(tenant);
        this.links = new LinkWriter(this);
        this.bin = new RecycleBin(this);
    }

    /** The directory. */
    public Tenant tenant() {
        return tenant;
    }

    /** The request. */
    public WriteContext context() {
        return context;
    }

    /** From now on no delta query tells what is changed. */
    void leaveNoTrace() {
        untraced = true;
    }

    /** The object under which one is being created. */
    @Nullable
    public Node parent() {
        return parent;
    }

    /** Sets properties that follow from others: nobody is told. */
    public void replace(Node node, Map<String, JsonNode> properties) {
        tenant.remember(node, node.entity());
        tenant.table(node.kind()).replace(node, node.entity().with(properties));
    }

    /** Links. */
    public LinkWriter links() {
        return links;
    }

    /** Deletion and what follows. */
    public RecycleBin bin() {
        return bin;
    }

    /** What Graph demands of a kind. */
    public KindRules rules(Kind kind) {
        return tenant.rulebook().of(kind);
    }

    /** What only actions change. */
    public SecretWriter secrets() {
        return new SecretWriter(this);
    }

    /** Creates an object. */
    public Node create(Kind kind, ObjectNode sent) {
        return create(kind, sent, null, null);
    }

    /** Creates an object under another one. */
    public Node create(Kind kind, ObjectNode sent, @Nullable Node parent, @Nullable Relation relation) {
        Body body = check.forCreation(kind, sent);
        KindRules rules = rules(kind);
        Node outer = this.parent;
        this.parent = parent;
        try {
            return create(kind, body, rules, parent, relation);
        } finally {
            this.parent = outer;
        }
    }

    private Node create(Kind kind, Body body, KindRules rules, @Nullable Node parent, @Nullable Relation relation) {
        if (parent != null && relation != null) {
            if (relation.form() == Relation.Form.ROWS) {
                JsonNode named = body.properties().get(relation.via());
                if (named == null) {
                    body.properties().put(relation.via(), Json.text(parent.id()));
                } else if (!named.asText().equals(parent.id())) {
                    throw GraphRefusal.invalidValue(relation.via(), kind.type());
                }
            }
        }
        int linkChanges = body.binds().values().stream().mapToInt(List::size).sum();
        if (linkChanges > MOST_LINKS) {
            throw GraphRefusal.badRequest("The request body contains " + linkChanges
                    + " link changes. A resource cannot contain more than 20 link changes.");
        }
        rules.beforeCreate(this, kind, body, parent);
        unique(kind, body.properties(), null);
        Map<Relation, List<Node>> bound = links.resolve(body.binds());
        kind.initial().properties().forEach(p -> body.defaultTo(p.getKey(), p.getValue()));
        kind.stamps("created").forEach(name -> body.properties().put(name, Json.time(context.time())));
        ObjectNode object = Json.object();
        String keyedBy = kind.keyedBy();
        JsonNode chosen = keyedBy == null
                ? body.properties().remove("id")
                : body.properties().get(keyedBy);
        String id = chosen == null ? tenant.newId() : chosen.asText();
        object.put("id", id);
        String key = parent != null && kind.is("scopedId") ? parent.id() + "/" + id : id;
        if (chosen != null && tenant.find(kind, key) != null) {
            throw GraphRefusal.conflict("id");
        }
        if (body.type() != null && !Schema.v1().descends(kind.type(), plain(body.type()))) {
            object.put("@odata.type", body.type());
        }
        body.properties().forEach(object::set);
        kind.properties().keySet().stream().filter(kind::secret).forEach(secret -> object.remove(secret));
        Node node = tenant.insert(kind, key, Entity.of(object));
        tenant.remember(node, null);
        if (parent != null && relation != null && relation.form() == Relation.Form.CHILDREN) {
            parent.link(relation.via(), node);
        }
        journal(node, null, null, null, true);
        context.effects().add(Effect.of(Effect.Type.CREATED, node, null, node.entity()));
        bound.forEach((r, targets) -> targets.forEach(t -> links.put(node, r, t)));
        children(node, body);
        rules.afterCreate(this, node);
        context.answer(kind.answers("POST") == 0 ? 201 : kind.answers("POST"));
        return node;
    }

    /** Makes the objects that were sent within another one; they take the place of those that were there. */
    private void children(Node node, Body body) {
        body.children().forEach((relation, objects) -> {
            if (relation.form() != Relation.Form.CHILDREN) {
                throw GraphRefusal.badQuery("The reference '" + relation.name() + "' must carry an id.");
            }
            for (Node old : node.targets(relation.via())) {
                bin.drop(old);
            }
            Kind kind = Kinds.all().get(relation.targets().get(0));
            for (ObjectNode object : objects) {
                if (kind.readOnly("id")) {
                    object.remove("id");
                }
                create(kind, object, node, relation);
            }
        });
    }

    /** Calls an action or function. */
    public Outcome act(
            Kind kind,
            String name,
            @Nullable Node node,
            @Nullable Node parent,
            ObjectNode body,
            Map<String, String> arguments) {
        JsonNode table = kind.action(name);
        if (table == null) {
            throw GraphRefusal.notImplemented("This simulator has no operation " + name + ".");
        }
        Outcome outcome = tenant.rulebook()
                .action(kind, table)
                .run(new ActionCall(this, kind, table, node, parent, body, arguments));
        context.answer(outcome.status());
        return outcome;
    }

    private static String plain(String type) {
        return type.substring(type.lastIndexOf('.') + 1).replace("#", "");
    }

    /** Changes properties and adds links; all of it or nothing. */
    public void update(Node node, ObjectNode sent) {
        Kind kind = node.kind();
        Body body = check.forUpdate(node, sent);
        KindRules rules = rules(kind);
        int linkChanges = body.binds().values().stream().mapToInt(List::size).sum();
        if (linkChanges > MOST_LINKS) {
            throw GraphRefusal.badRequest("The request body contains " + linkChanges
                    + " link changes. A resource cannot contain more than 20 link changes.");
        }
        rules.beforeUpdate(this, node, body);
        unique(kind, body.properties(), node);
        Map<Relation, List<Node>> bound = links.resolve(body.binds());
        bound.forEach((relation, targets) -> links.checkNew(node, relation, targets));
        touch(node, body);
        if (!body.properties().isEmpty()) {
            change(node, body.properties(), null);
        }
        bound.forEach((relation, targets) -> targets.forEach(t -> links.put(node, relation, t)));
        children(node, body);
        rules.afterUpdate(this, node, body);
    }

    private void touch(Node node, Body body) {
        if (body.properties().isEmpty()) {
            return;
        }
        Kind kind = node.kind();
        kind.stamps("modified").forEach(name -> body.properties().put(name, Json.time(context.time())));
        String counter = kind.counter();
        if (counter != null) {
            JsonNode count = node.entity().get(counter);
            body.properties().put(counter, IntNode.valueOf(count == null ? 1 : count.asInt() + 1));
        }
    }

    /** Sets a property whose value is no JSON of the caller's. */
    public void set(Node node, String property, JsonNode value) {
        Map<String, JsonNode> next = new LinkedHashMap<>();
        next.put(property, value);
        String address = property + "RelativeUrl";
        if (node.kind().properties().containsKey(address)) {
            String version = Long.toString(context.time().getEpochSecond(), 36);
            next.put(
                    address,
                    Json.text(tenant.id() + "/logintenantbranding/0/" + property.toLowerCase(Locale.ROOT) + "?ts="
                            + version));
            next.put("cdnList", Json.array().add("secure.aadcdn.invalid").add("aadcdn.invalid"));
        }
        change(node, next, null);
    }

    /** Sets properties without further checks; says so to whoever listens. */
    public void change(Node node, Map<String, JsonNode> properties, @Nullable String activity) {
        Kind kind = node.kind();
        Entity before = node.entity();
        Map<String, JsonNode> next = new LinkedHashMap<>();
        Set<String> changed = new LinkedHashSet<>();
        properties.forEach((name, value) -> {
            JsonNode old = before.get(name);
            JsonNode merged = kind.merged(name) ? merge(old, value) : value;
            if (!kind.secret(name)) {
                next.put(name, merged);
            }
            boolean same = Objects.equals(old, merged) || (old == null && merged.isNull());
            if (!same || kind.secret(name)) {
                changed.add(name);
            }
        });
        Entity after = before.with(next);
        if (!changed.isEmpty()) {
            tenant.remember(node, before);
            tenant.table(kind).replace(node, after);
            tenant.watch(node);
            journal(node, changed, null, null, true);
        }
        context.effects().add(Effect.updated(node, before, after, changed, activity));
    }

    private static JsonNode merge(@Nullable JsonNode old, JsonNode change) {
        if (old == null || !old.isObject() || !change.isObject()) {
            return change;
        }
        ObjectNode both = Json.object();
        both.setAll((ObjectNode) old);
        both.setAll((ObjectNode) change);
        return both;
    }

    public void journal(
            Node node, @Nullable Set<String> properties, @Nullable String relation, @Nullable Node target, boolean in) {
        if (untraced) {
            return;
        }
        tenant.journal(node.kind()).append(new Change(tenant.nextSequence(), node, properties, relation, target, in));
    }

    private void unique(Kind kind, Map<String, JsonNode> properties, @Nullable Node self) {
        for (String property : kind.unique()) {
            JsonNode value = properties.get(property);
            if (value == null || value.isNull()) {
                continue;
            }
            List<String> texts = new ArrayList<>();
            if (value.isArray()) {
                value.forEach(item -> texts.add(item.asText()));
            } else {
                texts.add(value.asText());
            }
            for (String text : texts) {
                for (Node other : tenant.allBy(kind, property, text)) {
                    boolean counts = other.live() || kind.reserved(property);
                    if (other != self && counts) {
                        throw tenant.switches().taken(tenant.rulebook().of(kind).taken(property, text));
                    }
                }
            }
        }
    }

    /** Checks that nobody has taken the unique values of an object that comes back. */
    void stillUnique(Node node, Entity entity) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (String property : node.kind().unique()) {
            JsonNode value = entity.get(property);
            if (value != null) {
                values.put(property, value);
            }
        }
        unique(node.kind(), values, node);
    }
}
