package io.tidemark.simulator.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Schema.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One kind of object: everything that the engine knows about it, read from its table. */
public final class Kind {

    /** Where deleted objects go. */
    public enum Bin {
        /** Nowhere: they are gone. */
        NONE,
        /** The recycle bin of the directory. */
        DIRECTORY,
        /** The recycle bin of Conditional Access. */
        POLICIES
    }

    private final JsonNode table;
    private final TableWords words;
    private final String collection;
    private final String type;
    private final List<String> paths;
    private final Map<String, TypeRef> properties = new LinkedHashMap<>();
    private final Set<String> own = new LinkedHashSet<>();
    private final Map<String, String> spelling = new LinkedHashMap<>();
    private final Map<String, Relation> relations = new LinkedHashMap<>();
    private final List<String> defaults;
    private final List<String> betaDefaults;

    Kind(JsonNode table, Schema schema) {
        this.table = table;
        this.words = new TableWords(table);
        this.collection = table.path("collection").asText();
        this.type = table.path("type").asText();
        this.paths = words.texts("paths");
        List<String> derived =
                table.path("derived").asText().equals("*") ? schema.descendants(type) : words.texts("derived");
        DeclaredProperties declared = DeclaredProperties.of(schema, type, derived, words.texts("embedded"));
        properties.putAll(declared.all());
        own.addAll(declared.own());
        for (Map.Entry<String, JsonNode> more : table.path("also").properties()) {
            properties.putIfAbsent(
                    more.getKey().intern(), TypeRef.parse(more.getValue().asText()));
        }
        properties.keySet().forEach(name -> spelling.put(name.toLowerCase(Locale.ROOT), name));
        properties.keySet().forEach(name -> spelling.put(name, name));
        for (Map.Entry<String, JsonNode> relation : table.path("relations").properties()) {
            relations.put(relation.getKey(), Relation.parse(relation.getKey(), relation.getValue()));
        }
        this.defaults = defaultProperties();
        this.betaDefaults = betaDefaultProperties();
    }

    private List<String> defaultProperties() {
        List<String> named = words.texts("defaults");
        if (!named.isEmpty()) {
            return named;
        }
        List<String> all = new ArrayList<>();
        for (Map.Entry<String, TypeRef> p : properties.entrySet()) {
            if (typed() && !own.contains(p.getKey())) {
                continue;
            }
            if (!selectOnly(p.getKey())
                    && !secret(p.getKey())
                    && !p.getValue().name().equals("Stream")) {
                all.add(p.getKey());
            }
        }
        return List.copyOf(all);
    }

    private List<String> betaDefaultProperties() {
        if (words.texts("defaults").isEmpty() || !directoryObject()) {
            return defaults;
        }
        List<String> all = new ArrayList<>(defaults);
        for (Map.Entry<String, TypeRef> property : properties.entrySet()) {
            String name = property.getKey();
            boolean apart = selectOnly(name) || outside(name) || singleOnly(name) || secret(name);
            if (!apart
                    && guards(name).isEmpty()
                    && !words.list("betaSelectOnly").contains(name)
                    && !property.getValue().name().equals("Stream")
                    && !all.contains(name)) {
                all.add(name);
            }
        }
        return List.copyOf(all);
    }

    /** The name of its table. */
    public String collection() {
        return collection;
    }

    /** The name of its type in the schema. */
    public String type() {
        return type;
    }

    /** The name of its type with the namespace. */
    public String typeName() {
        String space = table.path("namespace").asText();
        return "microsoft.graph." + (space.isEmpty() ? "" : space + ".") + type;
    }

    /** The paths under which it is served; none if only through other kinds. */
    public List<String> paths() {
        return paths;
    }

    /** The declared properties with their types. */
    public Map<String, TypeRef> properties() {
        return properties;
    }

    /** The declared spelling of a property name in any case; {@code null} if there is no such property. */
    public @Nullable String property(String anyCase) {
        String exact = spelling.get(anyCase);
        return exact == null ? spelling.get(anyCase.toLowerCase(Locale.ROOT)) : exact;
    }

    /** The properties that are returned without a selection. */
    public List<String> defaults() {
        return defaults;
    }

    /** The properties that beta returns without a selection: all that the directory keeps and anybody may see. */
    public List<String> betaDefaults() {
        return betaDefaults;
    }

    /** A relation by its name in any case. */
    public @Nullable Relation relation(String anyCase) {
        if (relations.containsKey(anyCase)) {
            return relations.get(anyCase);
        }
        return relations.values().stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(anyCase))
                .findFirst()
                .orElse(null);
    }

    /** All relations. */
    public Iterable<Relation> relations() {
        return relations.values();
    }

    /** Whether objects are plain directory objects: typed in mixed lists, found by id alone. */
    public boolean directoryObject() {
        return table.path("directoryObject").asBoolean();
    }

    /** Whether there is exactly one object, addressed without a key. */
    public boolean singleton() {
        return table.path("singleton").asBoolean();
    }

    /** Whether every object says which of the derived types it has. */
    public boolean typed() {
        return table.path("typed").asBoolean();
    }

    /** Objects that every tenant has from the start. */
    public JsonNode preset() {
        return table.path("preset");
    }

    /** The table of an action or function by its name in any case; {@code null} if there is none. */
    public @Nullable JsonNode action(String anyCase) {
        return table.path("actions").properties().stream()
                .filter(action -> action.getKey().equalsIgnoreCase(anyCase))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** The status with which a method that worked is answered, if it is not the usual one; else 0. */
    public int answers(String method) {
        return table.path("answers").path(method).asInt();
    }

    /** Properties that take the time of the creation or of a change. */
    public List<String> stamps(String when) {
        return TableWords.texts(table.path("stamps").path(when));
    }

    /** The property that is the key instead of an id; {@code null} if the id is. */
    public @Nullable String keyedBy() {
        return table.hasNonNull("keyedBy") ? table.path("keyedBy").asText() : null;
    }

    /** The property that says when an object ends; {@code null} if objects stay. */
    public @Nullable String expires() {
        return table.hasNonNull("expires") ? table.path("expires").asText() : null;
    }

    /** Whether callers choose the ids, which are then names in any case. */
    public boolean named() {
        return table.path("chosenId").asBoolean() || table.has("preset");
    }

    /** Whether a value is shown as stars. */
    public boolean masked(String property) {
        return words.list("masked").contains(property);
    }

    /** Whether the property is shown as null unless it is selected. */
    public boolean hollow(String property) {
        return words.list("hollow").contains(property);
    }

    /** The property that counts changes; {@code null} if there is none. */
    public @Nullable String counter() {
        return table.hasNonNull("counter") ? table.path("counter").asText() : null;
    }

    /** Whether changes can be asked for. */
    public boolean delta() {
        return table.path("delta").asBoolean();
    }

    /** Where deleted objects go. */
    public Bin bin() {
        return Bin.valueOf(table.path("bin").asText("NONE"));
    }

    /** The quota that requests are charged to. */
    public String service() {
        return table.path("service").asText("directory");
    }

    /** The name of the set of rules that go beyond the table. */
    public String rules() {
        return table.path("rules").asText("plain");
    }

    /** Properties that address an object instead of its id. */
    public List<String> alternateKeys() {
        return words.texts("alternateKeys");
    }

    /** Properties by which objects are looked up. */
    public List<String> indexed() {
        return words.texts("indexed");
    }

    /** Properties whose values no two objects share, even in the recycle bin. */
    public List<String> unique() {
        return words.texts("unique");
    }

    /** Whether the values of a unique property stay taken while their object is in the recycle bin. */
    public boolean reserved(String property) {
        return words.list("reserved").contains(property);
    }

    /** Methods that the table allows on the collection and its items. */
    public boolean allows(String method) {
        return !table.has("methods") || words.texts("methods").contains(method);
    }

    /** Values of properties that a caller left out at creation. */
    public ObjectNode initial() {
        return table.has("initial") ? (ObjectNode) table.path("initial") : Json.object();
    }

    /** The property by which lists are ordered, newest first; {@code null} if they are not. */
    public @Nullable String newestFirst() {
        return table.hasNonNull("newestFirst") ? table.path("newestFirst").asText() : null;
    }

    /** Most items of one page. */
    public int maximumPage() {
        return table.path("maximumPage").asInt(999);
    }

    /** Items of one page when the caller does not say. */
    public int usualPage() {
        return table.path("usualPage").asInt(100);
    }

    /** What the audit log says about this kind. */
    public JsonNode audit() {
        return table.path("audit");
    }

    /** Whether the caller may set the property at no time. */
    public boolean readOnly(String property) {
        return words.list("readOnly").contains(property);
    }

    /** Whether the property can only be set at creation. */
    public boolean createOnly(String property) {
        return words.list("createOnly").contains(property);
    }

    /** Whether the property is never shown. */
    public boolean secret(String property) {
        return words.list("secret").contains(property);
    }

    /** Whether the property cannot go back to null. */
    public boolean notClearable(String property) {
        return words.list("notClearable").contains(property);
    }

    /** Whether a patch of the complex property leaves its other members as they are. */
    public boolean merged(String property) {
        return words.list("merged").contains(property);
    }

    /** Whether the property of a privileged user is protected. */
    public boolean sensitive(String property) {
        return words.list("sensitive").contains(property);
    }

    /** Whether the property can be changed on an object that comes from another directory. */
    public boolean syncWritable(String property) {
        return words.list("syncWritable").contains(property);
    }

    /** Whether the property is only returned when it is selected. */
    public boolean selectOnly(String property) {
        return words.list("selectOnly").contains(property);
    }

    /** Whether the property is only returned for one object at a time. */
    public boolean singleOnly(String property) {
        return words.list("singleOnly").contains(property);
    }

    /** Whether the property is kept outside the directory: no list shows it, and it is written alone. */
    public boolean outside(String property) {
        return words.list("outside").contains(property);
    }

    /** Whether the table says this of the kind. */
    public boolean is(String trait) {
        return table.path(trait).asBoolean();
    }

    /** Properties that every list must filter by. */
    public List<String> needsFilter() {
        return words.texts("needsFilter");
    }

    /** The words of which a text must be one; none if any text will do. */
    public Set<String> words(String property) {
        return words.named("words", property);
    }

    /** The permissions of which one is needed to see the property; none if it needs no more than the object. */
    public Set<String> guards(String property) {
        return words.named("guarded", property);
    }

    /** The permissions that open nothing of an object for writing but these properties. */
    public Map<String, Set<String>> narrow() {
        return words.mapped("narrow");
    }

    /** The permissions of which one is needed besides to write the property; none if it needs no more than the object. */
    public Set<String> writeGuards(String property) {
        return words.named("writeGuarded", property);
    }

    /** The permissions that open a method where the public map has no route; none if it has. */
    public Set<String> opening(String method) {
        return words.named("opening", method);
    }

    /** The properties that are shown as well when this one is selected. */
    public Set<String> brings(String property) {
        return words.named("brings", property);
    }

    /** Properties that must be given at creation. */
    public Set<String> required() {
        return words.list("required");
    }

    @Override
    public String toString() {
        return collection;
    }
}
