package io.tidemark.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole simulated tenant at one moment, as its control API exports it. Reports and restores are judged by comparing two of these, so
 * it is compared the plainest way there is and shares no code with what it judges.
 */
final class ExportedTenant {

    private static final Map<String, String> KINDS = Map.of(
            "users", "user",
            "groups", "group",
            "applications", "application",
            "servicePrincipals", "servicePrincipal",
            "conditionalAccessPolicies", "conditionalAccessPolicy",
            "namedLocations", "namedLocation",
            "roleAssignments", "roleAssignment");
    private static final Map<String, Set<String>> RELATIONS = Map.of(
            "user", Set.of("manager"),
            "group", Set.of("members", "owners"),
            "application", Set.of("owners"),
            "servicePrincipal", Set.of("owners"));

    // Graph itself moves these, whoever writes whatever else.
    private static final Set<String> MOVED_BY_GRAPH = Set.of("modifiedDateTime", "deletedDateTime", "renewedDateTime");

    // Graph shows the first to nobody; the others are recorded as kinds of their own.
    private static final Set<String> NOT_RECORDED_HERE =
            Set.of("passwordProfile", "employeeLeaveDateTime", "customSecurityAttributes");

    // Graph shows these only to whoever asks for them by name.
    private static final Map<String, String> SHOWN_BY_NAME = Map.of("conditionalAccessPolicy", "description");

    // Graph leaves out of a list what is empty, or shows it so; nobody could tell the two apart.
    private static final Set<String> NOTHING = Set.of("\"\"", "[]");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<String> lines;
    private final Map<String, JsonNode> live = new TreeMap<>();
    private final Set<String> bin = new TreeSet<>();
    private final Set<String> everywhere = new TreeSet<>();
    private final Map<String, Set<String>> links = new TreeMap<>();

    private ExportedTenant(List<String> lines) {
        this.lines = lines;
        List<JsonNode> exported = lines.stream().map(ExportedTenant::parsed).toList();
        for (JsonNode line : exported) {
            if (!isDeleted(line)) {
                everywhere.add(line.at("/object/id").asText());
            }
        }
        // Other lists may name somebody by the same id whom the directory has in its recycle bin.
        exported.stream()
                .filter(ExportedTenant::isDeleted)
                .forEach(line -> everywhere.remove(line.at("/object/id").asText()));
        exported.forEach(this::take);
    }

    /** Asks the control API for the tenant. */
    static ExportedTenant from(URI control) {
        HttpRequest request = HttpRequest.newBuilder(control.resolve("/export"))
                .timeout(Duration.ofMinutes(3))
                .build();
        try {
            HttpResponse<Stream<String>> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the export was answered with " + answer.statusCode());
            }
            return new ExportedTenant(
                    answer.body().filter(line -> !line.isBlank()).toList());
        } catch (IOException e) {
            throw new IllegalStateException("the tenant could not be exported", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The kinds that are compared: those that can be put back. */
    static Set<String> kinds() {
        return new TreeSet<>(KINDS.values());
    }

    /** Whether objects or links of this type are compared. */
    static boolean compares(String type) {
        int dot = type.indexOf('.');
        return dot < 0
                ? KINDS.containsValue(type)
                : RELATIONS.getOrDefault(type.substring(0, dot), Set.of()).contains(type.substring(dot + 1));
    }

    /** How many objects and links there are, by type. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        live.keySet().forEach(key -> counts.merge(typeOf(key), 1L, Long::sum));
        links.forEach((key, targets) -> targets.forEach(
                link -> counts.merge(typeOf(key) + "." + link.substring(0, link.indexOf(' ')), 1L, Long::sum)));
        return counts;
    }

    /** A property of a live object, as text. */
    Optional<String> text(String type, String id, String property) {
        JsonNode object = live.get(type + "|" + id);
        return object == null || !object.hasNonNull(property)
                ? Optional.empty()
                : Optional.of(object.path(property).asText());
    }

    /** The live objects of a kind of which a property has this text. */
    List<String> idsWith(String type, String property, String text) {
        return live.entrySet().stream()
                .filter(entry -> typeOf(entry.getKey()).equals(type)
                        && entry.getValue().path(property).asText().equals(text))
                .map(entry -> idOf(entry.getKey()))
                .toList();
    }

    /** The ids of the live objects of a kind, in order. */
    List<String> ids(String type) {
        return live.keySet().stream()
                .filter(key -> typeOf(key).equals(type))
                .map(ExportedTenant::idOf)
                .toList();
    }

    /** A live object as it is. */
    JsonNode object(String type, String id) {
        JsonNode object = live.get(type + "|" + id);
        if (object == null) {
            throw new IllegalStateException("there is no " + type + " " + id);
        }
        return object;
    }

    /** The keys {@code type|id} of all that is compared: objects, and links with {@code source~target} as their id. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>(live.keySet());
        links.forEach((source, targets) -> targets.forEach(link -> {
            int space = link.indexOf(' ');
            keys.add(typeOf(source) + "." + link.substring(0, space) + "|" + idOf(source) + "~"
                    + link.substring(space + 1));
        }));
        return keys;
    }

    /** What is recorded too little, too much or otherwise, a sentence each; it is compared key by key and value by value. */
    Set<String> misfitsOf(RecordedTenant recorded) {
        Set<String> misfits = new TreeSet<>();
        Set<String> own = keys();
        own.stream()
                .filter(key -> !recorded.keys().contains(key))
                .forEach(key -> misfits.add(key + " is not recorded"));
        recorded.keys().stream()
                .filter(key -> compares(typeOf(key)) && !own.contains(key))
                .forEach(key -> misfits.add(key + " is recorded and not there"));
        live.forEach((key, object) -> {
            Map<String, String> is = recordable(object);
            is.keySet().remove(SHOWN_BY_NAME.getOrDefault(typeOf(key), ""));
            Map<String, String> was = recordable(recorded.body(key));
            Set<String> paths = new TreeSet<>(is.keySet());
            paths.addAll(was.keySet());
            paths.stream()
                    .filter(path -> !is.getOrDefault(path, "").equals(was.getOrDefault(path, "")))
                    .forEach(path -> misfits.add(
                            key + " differs in " + path + ": " + is.get(path) + " is recorded as " + was.get(path)));
        });
        return misfits;
    }

    private static Map<String, String> recordable(JsonNode body) {
        Map<String, String> leaves = Facts.leaves("", body);
        leaves.keySet().removeIf(path -> NOT_RECORDED_HERE.contains(path.replaceFirst("/.*", "")));
        leaves.values().removeIf(NOTHING::contains);
        return leaves;
    }

    /** Whether a group's members follow from a rule. */
    boolean isDynamic(String groupId) {
        JsonNode group = live.get("group|" + groupId);
        return group != null && group.path("groupTypes").toString().contains("DynamicMembership");
    }

    /** The same tenant with other ids, wherever they stand. */
    ExportedTenant renamed(Map<String, String> ids) {
        return new ExportedTenant(lines.stream()
                .map(line -> {
                    String text = line;
                    for (Map.Entry<String, String> id : ids.entrySet()) {
                        text = text.replace(id.getKey(), id.getValue());
                    }
                    return text;
                })
                .toList());
    }

    /** All that differs from this state to a later one. */
    Set<Fact> differencesTo(ExportedTenant later) {
        Set<Fact> facts = Facts.empty();
        Set<String> keys = new TreeSet<>(live.keySet());
        keys.addAll(later.live.keySet());
        for (String key : keys) {
            Set<Fact> own = Facts.empty();
            addObject(key, later, own);
            Set<String> were = links.getOrDefault(key, Set.of());
            Set<String> are = later.links.getOrDefault(key, Set.of());
            were.stream().filter(link -> !are.contains(link)).forEach(link -> own.add(link(key, link, true)));
            are.stream().filter(link -> !were.contains(link)).forEach(link -> own.add(link(key, link, false)));
            if (!own.isEmpty() && live.containsKey(key) && later.live.containsKey(key)) {
                own.add(Fact.action(typeOf(key), idOf(key), Fact.MODIFIED));
            }
            facts.addAll(own);
        }
        return facts;
    }

    private void addObject(String key, ExportedTenant later, Set<Fact> facts) {
        JsonNode before = live.get(key);
        JsonNode after = later.live.get(key);
        if (before != null && after != null) {
            Map<String, String> was = Facts.leaves("", before);
            Map<String, String> is = Facts.leaves("", after);
            Facts.compare(typeOf(key), idOf(key), was, is).stream()
                    .filter(fact -> !MOVED_BY_GRAPH.contains(fact.what()))
                    .forEach(facts::add);
        } else if (before != null) {
            String action = later.bin.contains(key) ? "SOFT_DELETED" : "HARD_DELETED";
            facts.add(Fact.action(typeOf(key), idOf(key), action));
        } else {
            facts.add(Fact.action(typeOf(key), idOf(key), bin.contains(key) ? "RESTORED" : "CREATED"));
        }
    }

    private void take(JsonNode line) {
        String type = KINDS.get(line.path("collection").asText());
        if (type == null) {
            return;
        }
        String key = type + "|" + line.at("/object/id").asText();
        if (isDeleted(line)) {
            bin.add(key);
            return;
        }
        live.put(key, line.path("object"));
        for (String relation : RELATIONS.getOrDefault(type, Set.of())) {
            Set<String> targets = new TreeSet<>();
            line.path("links").path(relation).forEach(target -> targets.add(target.asText()));
            // Graph does not show what lies in the recycle bin as anybody's member, owner or manager.
            targets.retainAll(everywhere);
            links.computeIfAbsent(key, source -> new TreeSet<>())
                    .addAll(targets.stream()
                            .map(target -> relation + " " + target)
                            .collect(Collectors.toSet()));
        }
    }

    private static Fact link(String key, String link, boolean removed) {
        String relation = link.substring(0, link.indexOf(' '));
        String target = link.substring(link.indexOf(' ') + 1);
        return removed
                ? Fact.linkRemoved(typeOf(key), idOf(key), relation, target)
                : Fact.linkAdded(typeOf(key), idOf(key), relation, target);
    }

    private static boolean isDeleted(JsonNode line) {
        return line.path("object").hasNonNull("deletedDateTime");
    }

    private static JsonNode parsed(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException("the export holds a line that is no JSON", e);
        }
    }

    private static String typeOf(String key) {
        return key.substring(0, key.indexOf('|'));
    }

    private static String idOf(String key) {
        return key.substring(key.indexOf('|') + 1);
    }

    /** Objects by key, for a failure's message. */
    @Override
    public String toString() {
        return new ArrayList<>(live.keySet()).toString();
    }
}
