package io.tidemark.simulator.http;

import io.tidemark.simulator.http.Tokens.Delta;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Journal.Change;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

    /** Types whose members are told without being asked for. */
    private static final Set<String> TELL_MEMBERS = Set.of("group", "administrativeUnit");

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
            @Nullable Set<String> ids) {

        Tracked seenBy(Caller caller) {
            return new Tracked(projection.permitted(caller, true), relations, ids);
        }

        /** Whether the object is among those that are asked for. */
        boolean wants(Node node) {
            return ids == null || ids.contains(node.id());
        }
    }

    GraphResponse answer(Exchange exchange) {
        Kind named = exchange.route().kind();
        Options options = exchange.options();
        if (named != null && !named.delta()) {
            throw GraphRefusal.notImplemented("This simulator has no delta of " + named + ".");
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
                return initial(exchange, sources(exchange, start), start);
            }
            if (token.equals("latest")) {
                Delta start = start(exchange, -1);
                return page(exchange, sources(exchange, start), List.of(), closing(start), true);
            }
            Delta delta = tokens.readDelta(token);
            if (delta.after() >= 0) {
                return initial(exchange, sources(exchange, delta), delta);
            }
            return changes(exchange, sources(exchange, delta), delta);
        });
    }

    /** The tables whose changes are told, with what is tracked of each. */
    private static Map<Kind, Tracked> sources(Exchange exchange, Delta delta) {
        Kind named = exchange.route().kind();
        Map<Kind, Tracked> sources = new LinkedHashMap<>();
        for (Kind kind : named == null ? Kinds.all().values() : List.of(named)) {
            if (named == null && !(kind.directoryObject() && kind.delta())) {
                continue;
            }
            Set<String> ids = new LinkedHashSet<>();
            Set<String> types = new LinkedHashSet<>();
            if (!delta.filter().isEmpty()) {
                collect(FilterParser.parse(kind, delta.filter()), ids, named == null ? types : null);
            }
            if (ids.size() > MOST_FILTERED) {
                throw GraphRefusal.badRequest("A delta query filters at most 50 ids.");
            }
            if (types.isEmpty() || types.contains(kind.type())) {
                Tracked tracked =
                        tracked(exchange.tenant(), kind, delta, delta.filter().isEmpty() || ids.isEmpty() ? null : ids);
                sources.put(kind, tracked.seenBy(exchange.caller()));
            }
        }
        return sources;
    }

    private Delta start(Exchange exchange, long after) {
        Options options = exchange.options();
        long now = exchange.tenant().sequence();
        String select = options.select() == null ? "" : String.join(",", options.select());
        String filter = options.filter() == null ? "" : options.filter();
        boolean minimal = exchange.request().prefers("return=minimal");
        return new Delta(now, now, after, 0, minimal, select, filter, clock.instant());
    }

    private static Tracked tracked(Tenant tenant, Kind kind, Delta delta, @Nullable Set<String> ids) {
        List<Relation> relations = new ArrayList<>();
        List<String> properties = new ArrayList<>();
        if (delta.select().isEmpty()) {
            Relation members = TELL_MEMBERS.contains(kind.type()) ? kind.relation("members") : null;
            return new Tracked(Projection.usual(kind), members == null ? relations : List.of(members), ids);
        }
        for (String selected : delta.select().split(",")) {
            // Of all objects, properties are selected type by type.
            int slash = selected.indexOf('/');
            String name = selected.substring(slash + 1);
            boolean other = slash > 0 && !selected.substring(0, slash).equalsIgnoreCase(kind.typeName());
            Relation relation = other ? null : kind.relation(name);
            if (relation != null && relation.form() == Relation.Form.STORED) {
                relations.add(relation);
            } else if (!other) {
                properties.add(name);
            }
        }
        if (properties.isEmpty()) {
            properties.add("id");
        }
        return new Tracked(Projection.of(tenant, kind, properties, true), relations, ids);
    }

    private static void collect(Filter filter, Set<String> ids, @Nullable Set<String> types) {
        if (filter instanceof Filter.Or or) {
            collect(or.left(), ids, types);
            collect(or.right(), ids, types);
        } else if (filter instanceof Filter.Compare c
                && c.property().equals("id")
                && c.operator().equals("eq")) {
            ids.add(c.literal().text());
        } else if (filter instanceof Filter.OfType of && types != null) {
            types.add(of.type());
        } else {
            throw GraphRefusal.badRequest("A delta query filters by id only.");
        }
    }

    private Delta closing(Delta delta) {
        return new Delta(delta.until(), 0, -1, 0, delta.minimal(), delta.select(), delta.filter(), clock.instant());
    }

    /** The objects of all tables in the order in which they came. */
    private static List<Node> nodes(Tenant tenant, Set<Kind> kinds, long after) {
        if (kinds.size() == 1) {
            return tenant.after(kinds.iterator().next(), after);
        }
        List<Node> all = new ArrayList<>();
        kinds.forEach(kind -> all.addAll(tenant.after(kind, after)));
        all.sort(Comparator.comparingLong(Node::sequence));
        return all;
    }

    private GraphResponse initial(Exchange exchange, Map<Kind, Tracked> sources, Delta delta) {
        Tenant tenant = exchange.tenant();
        List<DeltaEntry> entries = new ArrayList<>();
        int room = SLICE;
        int most = most(exchange);
        int offset = delta.offset();
        long last = delta.after();
        for (Node node : nodes(tenant, sources.keySet(), delta.after())) {
            Tracked tracked = of(sources, node);
            boolean wanted = node.live() && tracked.wants(node);
            if (!wanted) {
                last = node.sequence();
                continue;
            }
            if (entries.size() == most || room == 0) {
                return page(exchange, sources, entries, at(delta, last, offset), false);
            }
            int size = links(node, Reading.visible(exchange, node, tracked.relations()));
            int to = Math.min(size, offset + room);
            entries.add(new DeltaEntry(node, null, offset, to));
            room -= to - offset;
            if (to < size) {
                return page(exchange, sources, entries, at(delta, last, to), false);
            }
            offset = 0;
            last = node.sequence();
        }
        return page(exchange, sources, entries, closing(delta), true);
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

    private static int links(Node node, List<Relation> relations) {
        int most = 0;
        for (Relation relation : relations) {
            most = Math.max(most, node.targets(relation.via()).size());
        }
        return most;
    }

    private static Tracked of(Map<Kind, Tracked> sources, Node node) {
        Tracked tracked = sources.get(node.kind());
        if (tracked == null) {
            throw new IllegalStateException("nobody tracks " + node.kind());
        }
        return tracked;
    }

    private GraphResponse changes(Exchange exchange, Map<Kind, Tracked> sources, Delta delta) {
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
        List<Change> changes = new ArrayList<>();
        sources.keySet()
                .forEach(kind -> changes.addAll(exchange.tenant().journal(kind).between(delta.from(), until)));
        changes.sort(Comparator.comparingLong(Change::sequence));
        Map<Node, DeltaEntry.Told> all = new LinkedHashMap<>();
        for (Change change : changes) {
            Tracked tracked = of(sources, change.node());
            if (tracked.wants(change.node())) {
                tell(change, tracked, all);
            }
        }
        List<DeltaEntry> entries = new ArrayList<>();
        all.forEach((node, told) -> entries.add(new DeltaEntry(node, told, 0, 0)));
        int from = Math.min(delta.offset(), entries.size());
        int end = Math.min(entries.size(), from + most(exchange));
        // Graph may tell an object twice.
        int start = from > 0 && exchange.tenant().switches().deltaRepeats() ? from - 1 : from;
        boolean last = end == entries.size();
        Delta next = last ? closing(round) : at(round, -1, end);
        return page(exchange, sources, entries.subList(start, end), next, last);
    }

    private static void tell(Change change, Tracked tracked, Map<Node, DeltaEntry.Told> all) {
        if (change.relation() != null) {
            String name = change.relation();
            Node target = change.target();
            if (target != null
                    && tracked.relations().stream().anyMatch(r -> r.name().equals(name))) {
                all.computeIfAbsent(change.node(), n -> new DeltaEntry.Told())
                        .links
                        .computeIfAbsent(name, n -> new LinkedHashMap<>())
                        .put(target, change.added());
            }
            return;
        }
        Set<String> properties = change.properties();
        if (properties == null) {
            all.computeIfAbsent(change.node(), n -> new DeltaEntry.Told()).whole = true;
            return;
        }
        List<String> shown = tracked.projection().names().stream()
                .filter(properties::contains)
                .toList();
        if (!shown.isEmpty()) {
            all.computeIfAbsent(change.node(), n -> new DeltaEntry.Told())
                    .properties
                    .addAll(shown);
        }
    }

    private GraphResponse page(
            Exchange exchange, Map<Kind, Tracked> sources, List<DeltaEntry> entries, Delta next, boolean last) {
        Kind named = exchange.route().kind();
        String link = exchange.again(last ? "deltatoken" : "skiptoken", tokens.delta(next));
        return GraphResponse.json(200, ListWriter.bytes(out -> {
            out.writeStartObject();
            out.writeStringField(
                    "@odata.context",
                    exchange.context(
                            named == null ? "directoryObjects" : named.paths().get(0)));
            out.writeStringField(last ? "@odata.deltaLink" : "@odata.nextLink", plain(link));
            out.writeArrayFieldStart("value");
            for (DeltaEntry entry : entries) {
                out.writeStartObject();
                if (named == null) {
                    out.writeStringField(
                            "@odata.type", "#" + entry.node().kind().typeName());
                }
                Tracked tracked = of(sources, entry.node());
                entry.write(
                        out,
                        tracked.projection(),
                        Reading.visible(exchange, entry.node(), tracked.relations()),
                        next.minimal());
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
}
