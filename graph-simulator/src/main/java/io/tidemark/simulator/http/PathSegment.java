package io.tidemark.simulator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands between two slashes of a path.
 *
 * @param name the part before the brackets
 * @param argument what stands in brackets at the end; absent if nothing does
 */
record PathSegment(String name, @Nullable String argument) {

    /** What the names of types and functions begin with. */
    static final String NAMESPACE = "microsoft.graph.";

    private static final Pattern ALIAS = Pattern.compile("graph\\.[a-z]+(\\(.*\\))?", Pattern.CASE_INSENSITIVE);

    /** The segments of a path. */
    static List<PathSegment> of(String path) {
        List<PathSegment> segments = new ArrayList<>();
        for (String raw : path.split("/")) {
            if (!raw.isEmpty()) {
                segments.add(segment(GraphRequest.decode(raw.replace("+", "%2B"))));
            }
        }
        return segments;
    }

    private static PathSegment segment(String sent) {
        // The schema calls its namespace graph for short, and so do clients that are made from it.
        String text = ALIAS.matcher(sent).matches() ? "microsoft." + sent : sent;
        int open = text.indexOf('(');
        return open > 0 && text.endsWith(")")
                ? new PathSegment(text.substring(0, open), text.substring(open + 1, text.length() - 1))
                : new PathSegment(text, null);
    }

    /** A segment is a key as a whole, brackets included. */
    String full() {
        return argument == null ? name : name + "(" + argument + ")";
    }

    /** The name without its namespace. */
    String plain() {
        boolean qualified = name.toLowerCase(Locale.ROOT).startsWith(NAMESPACE);
        return qualified ? name.substring(name.lastIndexOf('.') + 1) : name;
    }

    /** The name in small letters. */
    String lower() {
        return name.toLowerCase(Locale.ROOT);
    }
}
