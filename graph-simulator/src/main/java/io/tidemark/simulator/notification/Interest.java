package io.tidemark.simulator.notification;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Effect;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a subscription is about.
 *
 * @param collection users or groups
 * @param id the object; empty for all of them
 * @param membersOnly whether only members count
 */
record Interest(String collection, String id, boolean membersOnly) {

    private static final Set<String> LINKS = Set.of("members", "owners", "manager", "sponsors");

    /** What a resource names; of nothing that the directory tells, if it is another one. */
    static Interest in(String resource) {
        String path = resource.replaceFirst("\\?.*$", "").replaceAll("^/+|/+$", "");
        String[] steps = path.replaceFirst("(?i)^v1\\.0/", "").split("/");
        return new Interest(
                steps[0].toLowerCase(Locale.ROOT),
                steps.length > 1 ? steps[1] : "",
                steps.length > 2 && steps[2].equalsIgnoreCase("members"));
    }

    boolean meets(Effect effect) {
        return collection.equals(effect.node().kind().collection())
                && (id.isEmpty() || id.equalsIgnoreCase(effect.node().id()))
                && (!membersOnly || "members".equals(effect.relation()));
    }

    /** As which changes an effect is told: a new object is created and updated, one in the recycle bin is only updated. */
    static List<String> changes(Effect effect) {
        return switch (effect.type()) {
            case CREATED -> List.of("created", "updated");
            case UPDATED, RESTORED -> List.of("updated");
            case DELETED -> List.of(effect.node().kind().bin() == Kind.Bin.NONE ? "deleted" : "updated");
            case PURGED -> List.of("deleted");
            case LINKED, UNLINKED -> LINKS.contains(String.valueOf(effect.relation())) ? List.of("updated") : List.of();
        };
    }
}
