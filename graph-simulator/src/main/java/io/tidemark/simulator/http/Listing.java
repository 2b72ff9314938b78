package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.http.Lookup.Found;
import io.tidemark.simulator.http.Route.Suffix;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers lists: filtered, ordered, counted, page by page. */
final class Listing {

    private static final Set<String> SORTABLE = Set.of("displayName", "userPrincipalName", "createdDateTime", "appId");

    private final Lookup lookup;
    private final Tokens tokens;
    private final LateView view;

    Listing(Lookup lookup, Tokens tokens, LateView view) {
        this.lookup = lookup;
        this.tokens = tokens;
        this.view = view;
    }

    private record Slice(List<Found> items, @Nullable String next, int count) {}

    /** The objects of a table. */
    GraphResponse table(Exchange exchange, Reading reading) {
        Kind kind = exchange.route().mustKind();
        Options options = exchange.options();
        check(kind, options);
        if (exchange.route().suffix() == Suffix.COUNT) {
            return count(exchange, kind);
        }
        Projection projection = Projection.of(exchange, true).permitted(exchange.caller(), true);
        needed(kind, options);
        Filter filter = filter(exchange, kind, options);
        Search search = search(kind, options);
        return exchange.tenant().read(() -> {
            boolean plain = filter == null && search == null && options.orderBy() == null && options.skip() == 0;
            Slice slice = plain && kind.newestFirst() == null
                    ? scan(exchange, kind)
                    : select(exchange, Candidates.of(exchange.tenant(), kind, filter), filter, search);
            return answer(exchange, slice, projection, reading);
        });
    }

    private static void check(Kind kind, Options options) {
        Reading.checkExpand(kind, options);
        if (kind.directoryObject() && options.skip() > 0) {
            throw GraphRefusal.badRequest("'$skip' is not supported by the service.");
        }
        if (kind.directoryObject()
                && options.search() != null
                && !options.expand().isEmpty()) {
            throw GraphRefusal.unsupportedQuery("$expand is not supported together with $search.");
        }
    }

    private GraphResponse answer(Exchange exchange, Slice slice, Projection projection, Reading reading) {
        Options options = exchange.options();
        Kind kind = exchange.route().mustKind();
        return GraphResponse.json(200, ListWriter.bytes(out -> {
            out.writeStartObject();
            String names = projection.selected() ? "(" + String.join(",", projection.names()) + ")" : "";
            out.writeStringField("@odata.context", exchange.context(kind.paths().get(0) + names));
            if (slice.count() >= 0) {
                out.writeNumberField("@odata.count", slice.count());
            }
            if (slice.next() != null) {
                out.writeStringField("@odata.nextLink", slice.next());
            }
            out.writeArrayFieldStart("value");
            for (Found found : slice.items()) {
                out.writeStartObject();
                projection.write(out, found.entity(), false);
                reading.expand(out, exchange, found.node(), options);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }));
    }

    private Slice scan(Exchange exchange, Kind kind) {
        Options options = exchange.options();
        int size = options.page(kind, exchange.tenant().switches());
        long after = options.skipToken() == null
                ? 0
                : tokens.readPage(options.skipToken()).after();
        List<Found> items = new ArrayList<>(size);
        String next = null;
        for (Node node : Rows.after(exchange.tenant(), kind, after)) {
            Entity seen = view.seen(exchange.tenant(), node);
            if (seen == null) {
                continue;
            }
            if (items.size() == size) {
                next = exchange.again(
                        "skiptoken", tokens.page(items.get(size - 1).node().sequence(), 0));
                break;
            }
            items.add(new Found(node, seen));
        }
        boolean counted = options.advanced() && options.skipToken() == null;
        return new Slice(items, next, counted ? Rows.count(exchange.tenant(), kind) : -1);
    }

    private Slice select(
            Exchange exchange, Iterable<Node> candidates, @Nullable Filter filter, @Nullable Search search) {
        List<Found> matching = new ArrayList<>();
        for (Node node : candidates) {
            Entity seen = view.seen(exchange.tenant(), node);
            if (seen != null && (filter == null || filter.test(node, seen)) && (search == null || search.test(seen))) {
                matching.add(new Found(node, seen));
            }
        }
        return page(exchange, order(exchange.options(), matching));
    }

    private Slice page(Exchange exchange, List<Found> matching) {
        Options options = exchange.options();
        Kind kind = matching.isEmpty()
                ? exchange.route().mustKind()
                : matching.get(0).node().kind();
        int offset = options.skipToken() == null
                ? options.skip()
                : tokens.readPage(options.skipToken()).offset();
        int start = Math.min(offset, matching.size());
        int end = Math.min(
                matching.size(), start + options.page(kind, exchange.tenant().switches()));
        String next = end < matching.size() ? exchange.again("skiptoken", tokens.page(0, end)) : null;
        boolean counted =
                options.skipToken() == null && options.count() && (options.eventual() || !kind.directoryObject());
        return new Slice(matching.subList(start, end), next, counted ? matching.size() : -1);
    }

    private static List<Found> order(Options options, List<Found> items) {
        if (items.isEmpty()) {
            return items;
        }
        Kind kind = items.get(0).node().kind();
        String usual = kind.newestFirst() == null ? null : kind.newestFirst() + " desc";
        String orderBy = options.orderBy() == null ? usual : options.orderBy();
        if (orderBy == null) {
            return items;
        }
        Comparator<Found> comparator = null;
        for (String part : orderBy.split(",")) {
            String[] words = part.trim().split("\\s+");
            String property = kind.property(words[0]);
            if (property == null) {
                throw GraphRefusal.badQuery("Could not find a property named '" + words[0]
                        + "' on type 'microsoft.graph." + kind.type() + "'.");
            }
            Comparator<Found> next =
                    Comparator.comparing(found -> found.entity().get(property), Listing::compare);
            next = words.length > 1 && words[1].equalsIgnoreCase("desc") ? next.reversed() : next;
            comparator = comparator == null ? next : comparator.thenComparing(next);
        }
        List<Found> sorted = new ArrayList<>(items);
        sorted.sort(comparator);
        return sorted;
    }

    /** Nothing first, numbers by size, everything else by its letters. */
    private static int compare(@Nullable JsonNode left, @Nullable JsonNode right) {
        boolean noLeft = left == null || left.isNull();
        boolean noRight = right == null || right.isNull();
        if (left == null || right == null || noLeft || noRight) {
            return Boolean.compare(noRight, noLeft);
        }
        return left.isNumber() && right.isNumber()
                ? left.decimalValue().compareTo(right.decimalValue())
                : left.asText().compareToIgnoreCase(right.asText());
    }

    /** The objects that links reach. */
    GraphResponse links(Exchange exchange, List<Node> reached, Reading reading) {
        Options options = exchange.options();
        Kind only = exchange.route().cast() != null
                ? Kinds.all().ofType(exchange.route().cast())
                : Kinds.all().get(exchange.route().mustRelation().targets().get(0));
        Kind kind = only == null ? exchange.route().mustKind() : only;
        Filter filter = filter(exchange, kind, options);
        if (exchange.route().suffix() == Suffix.COUNT) {
            if (!options.eventual() && kind.directoryObject()) {
                throw GraphRefusal.badRequest("$count is not currently supported.");
            }
            long matching = reached.stream()
                    .filter(n -> filter == null || filter.test(n, n.entity()))
                    .count();
            return GraphResponse.text(200, "text/plain", Long.toString(matching));
        }
        Slice slice = select(exchange, reached, filter, search(kind, options));
        return GraphResponse.json(200, ListWriter.bytes(out -> {
            out.writeStartObject();
            boolean objects = kind.directoryObject();
            boolean cast = exchange.route().cast() != null && !kind.paths().isEmpty();
            boolean typed = !cast
                    && (objects || exchange.route().mustRelation().targets().size() > 1);
            boolean references = exchange.route().suffix() == Suffix.REF;
            String of = cast ? Reading.named(kind, options) : objects ? "directoryObjects" : kind.collection();
            out.writeStringField("@odata.context", exchange.context(references ? "Collection($ref)" : of));
            if (slice.count() >= 0) {
                out.writeNumberField("@odata.count", slice.count());
            }
            if (slice.next() != null) {
                out.writeStringField("@odata.nextLink", slice.next());
            }
            out.writeArrayFieldStart("value");
            for (Found found : slice.items()) {
                out.writeStartObject();
                if (references) {
                    out.writeStringField("@odata.id", Reading.reference(exchange, found.node()));
                    out.writeEndObject();
                    continue;
                }
                Kind own = found.node().kind();
                Projection.lenient(exchange, own)
                        .permitted(exchange.caller(), true)
                        .write(out, found.entity(), typed);
                reading.expand(out, exchange, found.node(), options);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }));
    }

    private GraphResponse count(Exchange exchange, Kind kind) {
        Options options = exchange.options();
        if (!options.eventual() && kind.directoryObject()) {
            throw GraphRefusal.badRequest("$count is not currently supported.");
        }
        Options counting = new Options(
                null, options.filter(), 0, null, true, options.search(), options.expand(), null, null, true, 0);
        Filter filter = filter(exchange, kind, counting);
        Search search = search(kind, counting);
        return exchange.tenant().read(() -> {
            long found = 0;
            for (Node node : Candidates.of(exchange.tenant(), kind, filter)) {
                if (node.live()
                        && (filter == null || filter.test(node, node.entity()))
                        && (search == null || search.test(node.entity()))) {
                    found++;
                }
            }
            return GraphResponse.text(200, "text/plain", Long.toString(found));
        });
    }

    /** Some tables are never told as a whole. */
    private static void needed(Kind kind, Options options) {
        for (String property : kind.needsFilter()) {
            if (options.filter() == null || !options.filter().contains(property)) {
                throw new GraphRefusal(
                        400,
                        "MissingParameters",
                        "A filter on " + String.join(" and ", kind.needsFilter()) + " is required.");
            }
        }
    }

    private static @Nullable Filter filter(Exchange exchange, Kind kind, Options options) {
        String text = options.filter();
        boolean needs = kind.directoryObject();
        if (text == null) {
            return null;
        }
        Filter filter = FilterParser.parse(kind, text, exchange.tenant());
        String missing = filter.advanced();
        boolean open = options.advanced() || (exchange.route().cast() != null && options.eventual());
        if (needs && missing != null && !open) {
            throw GraphRefusal.unsupportedQuery(missing);
        }
        if (needs && options.orderBy() != null && !options.advanced()) {
            throw GraphRefusal.unsupportedQuery("Sorting not supported for current query.");
        }
        return filter;
    }

    private static @Nullable Search search(Kind kind, Options options) {
        if (options.orderBy() != null && kind.directoryObject() && !options.advanced()) {
            String property = kind.property(options.orderBy().trim().split("[\\s,]")[0]);
            if (property != null && !SORTABLE.contains(property)) {
                throw GraphRefusal.unsupportedQuery("Sorting not supported for current query.");
            }
        }
        if (options.search() == null) {
            return null;
        }
        if (!options.eventual()) {
            throw GraphRefusal.unsupportedQuery("Request with $search query parameter only works through MSGraph with a"
                    + " special request header: 'ConsistencyLevel: eventual'");
        }
        return Search.parse(kind, options.search());
    }

    /** The objects of a recycle bin. */
    GraphResponse bin(Exchange exchange) {
        Kind kind = exchange.route().mustKind();
        Options options = exchange.options();
        Filter filter = filter(exchange, kind, options);
        boolean objects = kind.directoryObject();
        Projection projection = options.select() == null && objects
                ? Projection.lenient(exchange.tenant(), kind, withDeleted(kind))
                : Projection.of(exchange.tenant(), kind, options.select(), true);
        return exchange.tenant().read(() -> {
            List<Found> matching = new ArrayList<>();
            for (Node node : exchange.tenant().bin(kind)) {
                if (filter == null || filter.test(node, node.entity())) {
                    matching.add(new Found(node, node.entity()));
                }
            }
            if (exchange.route().suffix() == Suffix.COUNT) {
                return GraphResponse.text(200, "text/plain", Integer.toString(matching.size()));
            }
            Slice slice = page(exchange, order(options, matching));
            return GraphResponse.json(200, ListWriter.bytes(out -> {
                out.writeStartObject();
                out.writeStringField(
                        "@odata.context",
                        exchange.context(
                                objects
                                        ? "directory/deletedItems"
                                        : kind.paths().get(0)));
                if (slice.next() != null) {
                    out.writeStringField("@odata.nextLink", slice.next());
                }
                out.writeArrayFieldStart("value");
                for (Found found : slice.items()) {
                    out.writeStartObject();
                    projection.write(out, found.entity(), objects);
                    out.writeEndObject();
                }
                out.writeEndArray();
                out.writeEndObject();
            }));
        });
    }

    /** The usual properties and the time of deletion. */
    static List<String> withDeleted(Kind kind) {
        List<String> names = new ArrayList<>(kind.defaults());
        if (!names.contains("deletedDateTime")) {
            names.add("deletedDateTime");
        }
        return names;
    }
}
