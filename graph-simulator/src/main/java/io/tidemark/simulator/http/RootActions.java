package io.tidemark.simulator.http;

import io.tidemark.simulator.http.Route.Place;
import io.tidemark.simulator.http.Route.Suffix;
import io.tidemark.simulator.kind.Kinds;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Actions that are called above the tables of the kinds that they are about. */
final class RootActions {

    private static final Map<String, String> KINDS =
            Map.of("/identity/conditionalaccess/evaluate", "conditionalAccessPolicies");

    private RootActions() {}

    /** Where a path leads if it names such an action. */
    static @Nullable Route of(String path) {
        String lower = path.toLowerCase(Locale.ROOT).replace("microsoft.graph.", "");
        String template = lower.endsWith("()") ? lower.substring(0, lower.length() - 2) : lower;
        String kind = KINDS.get(template);
        if (kind == null) {
            return null;
        }
        return new Route(
                Place.COLLECTION_OPERATION,
                Kinds.all().get(kind),
                null,
                null,
                null,
                null,
                template.substring(template.lastIndexOf('/') + 1),
                Suffix.NONE,
                null,
                null,
                template);
    }
}
