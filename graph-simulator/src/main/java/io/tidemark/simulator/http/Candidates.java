package io.tidemark.simulator.http;

import io.tidemark.simulator.http.Filter.Compare;
import io.tidemark.simulator.http.Filter.In;
import io.tidemark.simulator.http.Filter.Literal;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Rows;
import io.tidemark.simulator.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the objects of a table that a filter can match, by the indexes where there are any. */
final class Candidates {

    private Candidates() {}

    /** The fewest objects among which all matches are. */
    static Iterable<Node> of(Tenant tenant, Kind kind, @Nullable Filter filter) {
        List<Node> narrowed = filter == null ? null : narrowed(tenant, kind, filter);
        return narrowed == null ? Rows.after(tenant, kind, 0) : narrowed;
    }

    private static @Nullable List<Node> narrowed(Tenant tenant, Kind kind, Filter filter) {
        if (filter instanceof Filter.And and) {
            List<Node> left = narrowed(tenant, kind, and.left());
            return left == null ? narrowed(tenant, kind, and.right()) : left;
        }
        if (filter instanceof Compare compare
                && compare.operator().equals("eq")
                && compare.literal().quoted()) {
            return byValue(tenant, kind, compare.property(), List.of(compare.literal()));
        }
        if (filter instanceof In in) {
            return byValue(tenant, kind, in.property(), in.literals());
        }
        return null;
    }

    private static @Nullable List<Node> byValue(Tenant tenant, Kind kind, String anyCase, List<Literal> literals) {
        String property = kind.property(anyCase);
        boolean id = "id".equals(property);
        if (property == null || (!id && !tenant.indexed(kind, property))) {
            return null;
        }
        List<Node> found = new ArrayList<>();
        for (Literal literal : literals) {
            if (literal.isNull()) {
                return null;
            }
            Node one = id ? Rows.find(tenant, kind, literal.text()) : null;
            List<Node> all =
                    id ? (one == null ? List.of() : List.of(one)) : tenant.allBy(kind, property, literal.text());
            all.stream().filter(n -> !found.contains(n)).forEach(found::add);
        }
        return found;
    }
}
