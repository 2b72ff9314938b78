package io.tidemark.simulator.http;

import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 */
record Options(
        @Nullable List<String> select,
        @Nullable String filter,
        int top,
        @Nullable String orderBy,
        boolean count,
        @Nullable String search,
        Map<String, List<String>> expand,
        @Nullable String skipToken,
        @Nullable String deltaToken,
        boolean eventual) {

    static Options of(GraphRequest request) {
        Map<String, String> all = request.options();
        if (all.containsKey("skip")) {
            throw GraphRefusal.badRequest("'$skip' is not supported by the service.");
        }
        String select = all.get("select");
        return new Options(
                select == null || select.isBlank() ? null : list(select),
                all.get("filter"),
                top(all.get("top")),
                all.get("orderby"),
                "true".equalsIgnoreCase(all.get("count")),
                all.get("search"),
                expand(all.get("expand")),
                all.get("skiptoken"),
                all.getOrDefault("deltatoken", all.get("token")),
                request.eventual());
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
        throw GraphRefusal.unsupportedQuery(
                "Invalid page size specified: '" + text + "'. Must be between 1 and 999 inclusive.");
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

    private static Map<String, List<String>> expand(@Nullable String text) {
        Map<String, List<String>> expanded = new LinkedHashMap<>();
        if (text == null) {
            return expanded;
        }
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                one(text.substring(start, i).trim(), expanded);
                start = i + 1;
            }
        }
        return expanded;
    }

    private static void one(String text, Map<String, List<String>> expanded) {
        int open = text.indexOf('(');
        if (text.isEmpty()) {
            return;
        }
        if (open < 0) {
            expanded.put(text, List.of());
            return;
        }
        List<String> select = List.of();
        for (String option :
                text.substring(open + 1, Math.max(open + 1, text.length() - 1)).split(";")) {
            if (option.trim().toLowerCase(Locale.ROOT).startsWith("$select=")) {
                select = list(option.trim().substring("$select=".length()));
            }
        }
        expanded.put(text.substring(0, open), select);
    }

    /** Whether advanced queries are open to this request. */
    boolean advanced() {
        return eventual && count;
    }

    /** The page size for a kind. */
    int page(Kind kind) {
        return top == 0 ? kind.usualPage() : Math.min(top, kind.maximumPage());
    }
}
