package io.tidemark.simulator.http;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Switches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query options of one request.
 *
 * @param select the selected properties; {@code null} if none were named
 * @param filter the text of the filter
 * @param top the wanted page size; 0 if none was named
 * @param orderBy the text of the order
 * @param count whether a count is wanted
 * @param search the text of the search
 * @param expand the relations to expand with their selections
 * @param skipToken where a list goes on
 * @param deltaToken where changes go on
 * @param eventual whether an eventually consistent answer will do
 * @param skip how many objects are left out first
 */
record Options(
        @Nullable List<String> select,
        @Nullable String filter,
        int top,
        @Nullable String orderBy,
        boolean count,
        @Nullable String search,
        Map<String, Expansion> expand,
        @Nullable String skipToken,
        @Nullable String deltaToken,
        boolean eventual,
        int skip) {

    // No table that is told in one piece has more.
    private static final int WHOLE = 10_000;
    private static final int WITH_ACTIVITY = 500;

    static Options of(GraphRequest request) {
        Map<String, String> all = request.options();
        String select = all.get("select");
        return new Options(
                select == null || select.isBlank() ? null : list(select),
                all.get("filter"),
                top(all.get("top")),
                all.get("orderby"),
                "true".equalsIgnoreCase(all.get("count")),
                all.get("search"),
                Expansion.parse(all.get("expand")),
                all.get("skiptoken"),
                all.getOrDefault("deltatoken", all.get("token")),
                request.eventual(),
                skip(all.get("skip")));
    }

    private static int top(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            int top = Integer.parseInt(text.trim());
            if (top >= 1) {
                return top;
            }
        } catch (NumberFormatException e) {
            // Answered like any other impossible size.
        }
        throw impossible(text, 999);
    }

    private static List<String> list(String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.split(",")) {
            if (!name.isBlank()) {
                names.add(name.trim());
            }
        }
        return names;
    }

    private static int skip(@Nullable String text) {
        try {
            return text == null ? 0 : Math.max(0, Integer.parseInt(text.trim()));
        } catch (NumberFormatException e) {
            throw GraphRefusal.badQuery("Invalid value '" + text + "' for $skip query option found."
                    + " The $skip query option requires a non-negative integer value.");
        }
    }

    /** Whether a property is selected or filtered on. */
    boolean asksFor(String property) {
        return (select != null && select.stream().anyMatch(property::equalsIgnoreCase))
                || (filter != null && filter.contains(property));
    }

    /** Whether advanced queries are open to this request. */
    boolean advanced() {
        return eventual && count;
    }

    /** The page size for a kind. */
    int page(Kind kind, Switches switches) {
        if (kind.is("unpaged")) {
            return WHOLE;
        }
        int most = kind.type().equals("user") && asksFor("signInActivity")
                ? Math.min(WITH_ACTIVITY, switches.maximumPage(kind))
                : switches.maximumPage(kind);
        if (top <= most) {
            return top == 0 ? Math.min(kind.usualPage(), most) : top;
        }
        return switch (switches.oversizePage()) {
            case "REJECT" -> throw impossible(Integer.toString(top), most);
            case "IGNORE" -> kind.usualPage();
            default -> most;
        };
    }

    private static GraphRefusal impossible(String text, int most) {
        return GraphRefusal.unsupportedQuery(
                "Invalid page size specified: '" + text + "'. Must be between 1 and " + most + " inclusive.");
    }
}
