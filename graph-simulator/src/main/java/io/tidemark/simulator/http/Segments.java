package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.GraphRefusal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What Graph has behind its objects and under its roots: what this simulator lacks of it is answered by 501, what Graph
 * lacks by 400.
 */
final class Segments {

    private static final JsonNode TABLE = Json.resource("segments.json");
    private static final Map<String, Set<String>> TYPES = named(TABLE.path("types"));
    private static final Map<String, Set<String>> PLACES = named(TABLE.path("places"));
    private static final int LONGEST = 200;

    private Segments() {}

    private static Map<String, Set<String>> named(JsonNode lists) {
        Map<String, Set<String>> all = new HashMap<>();
        for (Map.Entry<String, JsonNode> list : lists.properties()) {
            String names = list.getValue().asText().toLowerCase(Locale.ROOT);
            all.put(list.getKey().toLowerCase(Locale.ROOT), Set.of(names.split(" ")));
        }
        return all;
    }

    /** Refuses a segment behind an object of one of some kinds. */
    static GraphRefusal behind(Collection<Kind> kinds, List<PathSegment> segments, int at) {
        PathSegment segment = segments.get(at);
        String name = segment.plain();
        boolean known = kinds.stream().anyMatch(kind -> has(kind, name));
        boolean strange = segment.name().startsWith("$") || segment.lower().startsWith(PathSegment.NAMESPACE);
        if (!known && !strange) {
            return unknown(segment.name());
        }
        boolean last = at + 1 == segments.size();
        Set<String> below = TYPES.get(segment.lower());
        boolean stray = !last
                && below != null
                && kinds.stream().noneMatch(kind -> kind.type().equalsIgnoreCase(name))
                && !below.contains(segments.get(at + 1).plain().toLowerCase(Locale.ROOT))
                && (name.equalsIgnoreCase("authentication") || name.equalsIgnoreCase("synchronization"));
        return stray ? unknown(segments.get(at + 1).name()) : missing(segments);
    }

    private static boolean has(Kind kind, String name) {
        Set<String> names = TYPES.get(kind.type().toLowerCase(Locale.ROOT));
        return names == null || names.contains(name.toLowerCase(Locale.ROOT)) || kind.property(name) != null;
    }

    /** Refuses a path on which no kind stands. */
    static GraphRefusal nowhere(List<PathSegment> segments) {
        StringBuilder place = new StringBuilder();
        for (int at = 0; at + 1 < segments.size(); at++) {
            place.append(at == 0 ? "" : "/").append(segments.get(at).lower());
            Set<String> names = PLACES.get(place.toString());
            String next = segments.get(at + 1).plain().toLowerCase(Locale.ROOT);
            if (names != null && !names.contains(next) && !next.startsWith("$")) {
                return unknown(segments.get(at + 1).name());
            }
        }
        return missing(segments);
    }

    static GraphRefusal unknown(String segment) {
        return GraphRefusal.badQuery("Resource not found for the segment '" + shortened(segment) + "'.");
    }

    private static GraphRefusal missing(List<PathSegment> segments) {
        StringBuilder names = new StringBuilder();
        segments.forEach(s -> names.append('/').append(s.name()));
        return GraphRefusal.notImplemented("This simulator has no route " + shortened(names.toString()) + ".");
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
