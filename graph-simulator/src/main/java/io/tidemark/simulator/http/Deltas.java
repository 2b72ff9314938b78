package io.tidemark.simulator.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.simulator.http.Tokens.Delta;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Journal.Change;
import io.tidemark.simulator.tenant.Kind;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Relation;
import io.tidemark.simulator.tenant.Tenant;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers delta queries: first everything, then what changed. */
final class Deltas {

    private static final int SLICE = 1000;
    private static final Pattern PAGE_SIZE =
            Pattern.compile("maxpagesize\\s*=\\s*(\\d{1,6})", Pattern.CASE_INSENSITIVE);
    private static final int MOST_FILTERED = 50;

    private final Tokens tokens;
    private final Clock clock;

    Deltas(Tokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** What is tracked: properties, and relations. */
    private record Tracked(
            Projection projection,
            List<Relation> relations,
            @Nullable Set<String> ids) {}

    /** What changed of one object. */
    private static final class Told {
        private boolean whole;
        private final Set<String> properties = new LinkedHashSet<>();
        private final Map<String, Map<Node, Boolean>> links = new LinkedHashMap<>();
    }

    GraphResponse answer(Exchange exchange) {
        Kind kind = exchange.route().mustKind();
        Options options = exchange.options();
        if (!kind.delta()) {
            throw GraphRefusal.notImplemented("This simulator has no delta of " + kind + ".");
        }
        if (!options.expand().isEmpty() || options.orderBy() != null || options.search() != null) {
            throw GraphRefusal.badRequest(
                    "The query parameters '$expand', '$orderby' and '$search' are not supported.");
        }
        String token = options.deltaToken() == null || options.deltaToken().isEmpty()
                ? options.skipToken()
                : options.deltaToken();
        return exchange.tenant().read(() -> {
            if (token == null) {
                Delta start = start(exchange, 0);
                return initial(exchange, kind, start);
            }
            if (token.equals("latest")) {
                Delta start = start(exchange, -1);
                return page(exchange, kind, List.of(), List.of(), closing(start), true);
            }
            Delta delta = tokens.readDelta(token);
            if (delta.after() >= 0) {
                return initial(exchange, kind, delta);
            }
            return changes(exchange, kind, delta);
        });
    }

    private Delta start(Exchange exchange, long after) {
        Options options = exchange.options();
        long now = exchange.tenant().sequence();
        String select = options.select() == null ? "" : String.join(",", options.select());
        String filter = options.filter() == null ? "" : options.filter();
        boolean minimal = exchange.request().prefers("return=minimal");
        return new Delta(now, now, after, 0, minimal, select, filter, clock.instant());
    }

    private Tracked tracked(Kind kind, Delta delta) {
        List<Relation> relations = new ArrayList<>();
        List<String> properties = new ArrayList<>();
        Set<String> ids = ids(kind, delta.filter());
        if (delta.select().isEmpty()) {
            if (kind.type().equals("group")) {
                relations.add(kind.relation("members"));
            }
            return new Tracked(Projection.usual(kind), relations, ids);
        }
        for (String name : delta.select().split(",")) {
            Relation relation = kind.relation(name);
            if (relation != null && relation.form() == Relation.Form.STORED) {
                relations.add(relation);
            } else {
                properties.add(name);
            }
        }
        if (properties.isEmpty()) {
            properties.add("id");
        }
        return new Tracked(Projection.of(kind, properties, true), relations, ids);
    }

    private static @Nullable Set<String> ids(Kind kind, String filter) {
        if (filter.isEmpty()) {
            return null;
        }
        Set<String> ids = new LinkedHashSet<>();
        collect(FilterParser.parse(kind, filter), ids);
        if (ids.size() > MOST_FILTERED) {
            throw GraphRefusal.badRequest("A delta query filters at most 50 ids.");
        }
        return ids;
    }

    private static void collect(Filter filter, Set<String> ids) {
        if (filter instanceof Filter.Or or) {
            collect(or.left(), ids);
            collect(or.right(), ids);
        } else if (filter instanceof Filter.Compare c
                && c.property().equals("id")
                && c.operator().equals("eq")) {
            ids.add(c.literal().text());
        } else {
            throw GraphRefusal.badRequest("A delta query filters by id only.");
        }
    }

    private Delta closing(Delta delta) {
        return new Delta(delta.until(), 0, -1, 0, delta.minimal(), delta.select(), delta.filter(), clock.instant());
    }

    /** One object on a page, with a slice of the ends of its links. */
    private record Entry(Node node, @Nullable Told told, int from, int to) {}

    private GraphResponse initial(Exchange exchange, Kind kind, Delta delta) {
        Tenant tenant = exchange.tenant();
        Tracked tracked = tracked(kind, delta);
        List<Entry> entries = new ArrayList<>();
        int room = SLICE;
        int most = most(exchange);
        int offset = delta.offset();
        long last = delta.after();
        for (Node node : tenant.after(kind, delta.after())) {
            boolean wanted =
                    node.live() && (tracked.ids() == null || tracked.ids().contains(node.id()));
            if (!wanted) {
                last = node.sequence();
                continue;
            }
            if (entries.size() == most || room == 0) {
                return page(exchange, kind, entries, tracked.relations(), at(delta, last, offset), false);
            }
            int size = links(node, tracked);
            int to = Math.min(size, offset + room);
            entries.add(new Entry(node, null, offset, to));
            room -= to - offset;
            if (to < size) {
                return page(exchange, kind, entries, tracked.relations(), at(delta, last, to), false);
            }
            offset = 0;
            last = node.sequence();
        }
        return page(exchange, kind, entries, tracked.relations(), closing(delta), true);
    }

    /** Most objects on a page: as many as the service wants, or fewer if the client asks for fewer. */
    private static int most(Exchange exchange) {
        int usual = exchange.tenant().switches().deltaPage();
        String prefer = exchange.request().header("Prefer");
        Matcher asked = PAGE_SIZE.matcher(prefer == null ? "" : prefer);
        return asked.find() ? Math.max(1, Math.min(usual, Integer.parseInt(asked.group(1)))) : usual;
    }

    private static Delta at(Delta delta, long after, int offset) {
        return new Delta(
                delta.from(),
                delta.until(),
                after,
                offset,
                delta.minimal(),
                delta.select(),
                delta.filter(),
                delta.issued());
    }

    private static int links(Node node, Tracked tracked) {
        int most = 0;
        for (Relation relation : tracked.relations()) {
            most = Math.max(most, node.targets(relation.via()).size());
        }
        return most;
    }

    private GraphResponse changes(Exchange exchange, Kind kind, Delta delta) {
        long until = delta.until() == 0 ? exchange.tenant().sequence() : delta.until();
        Delta round = new Delta(
                delta.from(),
                until,
                -1,
                delta.offset(),
                delta.minimal() || exchange.request().prefers("return=minimal"),
                delta.select(),
                delta.filter(),
                delta.issued());
        Tracked tracked = tracked(kind, round);
        Map<Node, Told> all = new LinkedHashMap<>();
        for (Change change : exchange.tenant().journal(kind).between(delta.from(), until)) {
            if (tracked.ids() == null || tracked.ids().contains(change.node().id())) {
                tell(change, tracked, all);
            }
        }
        List<Entry> entries = new ArrayList<>();
        all.forEach((node, told) -> entries.add(new Entry(node, told, 0, 0)));
        int from = Math.min(delta.offset(), entries.size());
        int end = Math.min(entries.size(), from + most(exchange));
        // Graph may tell an object twice.
        int start = from > 0 && exchange.tenant().switches().deltaRepeats() ? from - 1 : from;
        boolean last = end == entries.size();
        Delta next = last ? closing(round) : at(round, -1, end);
        return page(exchange, kind, entries.subList(start, end), tracked.relations(), next, last);
    }

    private static void tell(Change change, Tracked tracked, Map<Node, Told> all) {
        if (change.relation() != null) {
            String name = change.relation();
            Node target = change.target();
            if (target != null
                    && tracked.relations().stream().anyMatch(r -> r.name().equals(name))) {
                all.computeIfAbsent(change.node(), n -> new Told())
                        .links
                        .computeIfAbsent(name, n -> new LinkedHashMap<>())
                        .put(target, change.added());
            }
            return;
        }
        Set<String> properties = change.properties();
        if (properties == null) {
            all.computeIfAbsent(change.node(), n -> new Told()).whole = true;
            return;
        }
        List<String> shown = tracked.projection().names().stream()
                .filter(properties::contains)
                .toList();
        if (!shown.isEmpty()) {
            all.computeIfAbsent(change.node(), n -> new Told()).properties.addAll(shown);
        }
    }

    private GraphResponse page(
            Exchange exchange, Kind kind, List<Entry> entries, List<Relation> relations, Delta next, boolean last) {
        Projection projection = tracked(kind, next).projection();
        String link = exchange.again(last ? "deltatoken" : "skiptoken", tokens.delta(next));
        return GraphResponse.json(200, ListWriter.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("@odata.context", exchange.context(kind.paths().get(0)));
            out.writeStringField(last ? "@odata.deltaLink" : "@odata.nextLink", plain(link));
            out.writeArrayFieldStart("value");
            for (Entry entry : entries) {
                out.writeStartObject();
                entry(out, entry, projection, relations, next.minimal());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }));
    }

    /** What was asked at the start is in the token and no longer in the address. */
    private static String plain(String link) {
        int question = link.indexOf('?');
        String token = Arrays.stream(link.substring(question + 1).split("&"))
                .filter(p -> p.startsWith("$skiptoken=") || p.startsWith("$deltatoken="))
                .findFirst()
                .orElse("");
        return link.substring(0, question + 1) + token;
    }

    private static void entry(
            JsonGenerator out, Entry entry, Projection projection, List<Relation> relations, boolean minimal)
            throws IOException {
        Node node = entry.node();
        Told told = entry.told();
        if (!node.live()) {
            out.writeStringField("id", node.id());
            out.writeObjectFieldStart("@removed");
            out.writeStringField("reason", node.state() == Node.State.DELETED ? "changed" : "deleted");
            out.writeEndObject();
            return;
        }
        if (told != null && minimal && !told.whole) {
            out.writeStringField("id", node.id());
            projection.writeOnly(out, node.entity(), told.properties);
        } else {
            projection.writeId(out, node.entity());
            projection.writeSet(out, node.entity());
        }
        for (Relation relation : relations) {
            if (told == null || told.whole) {
                List<Node> targets = node.targets(relation.via());
                int from = told == null ? Math.min(entry.from(), targets.size()) : 0;
                int to = told == null ? Math.min(entry.to(), targets.size()) : targets.size();
                ends(out, relation, targets.subList(from, to), told == null ? null : told.links.get(relation.name()));
            } else {
                Map<Node, Boolean> changed = told.links.get(relation.name());
                if (changed != null) {
                    ends(out, relation, List.of(), changed);
                }
            }
        }
    }

    private static void ends(
            JsonGenerator out, Relation relation, List<Node> present, @Nullable Map<Node, Boolean> changed)
            throws IOException {
        if (present.isEmpty() && (changed == null || changed.isEmpty())) {
            return;
        }
        out.writeArrayFieldStart(relation.name() + "@delta");
        for (Node target : present) {
            if (target.live()) {
                end(out, target, true);
            }
        }
        if (changed != null) {
            for (Map.Entry<Node, Boolean> one : changed.entrySet()) {
                // A member in the recycle bin is not told as removed until it is gone for good.
                boolean hidden = one.getKey().state() == Node.State.DELETED && one.getValue();
                if (!hidden && !(one.getValue() && present.contains(one.getKey()))) {
                    end(out, one.getKey(), one.getValue());
                }
            }
        }
        out.writeEndArray();
    }

    private static void end(JsonGenerator out, Node target, boolean present) throws IOException {
        out.writeStartObject();
        out.writeStringField("@odata.type", "#microsoft.graph." + target.kind().type());
        out.writeStringField("id", target.id());
        if (!present) {
            out.writeObjectFieldStart("@removed");
            out.writeStringField("reason", "deleted");
            out.writeEndObject();
        }
        out.writeEndObject();
    }
}
