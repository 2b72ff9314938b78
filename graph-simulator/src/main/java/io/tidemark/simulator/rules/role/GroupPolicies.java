package io.tidemark.simulator.rules.role;

import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Ageing;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The policies of membership and ownership of a group: they are there as soon as somebody looks for them. */
public final class GroupPolicies {

    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private GroupPolicies() {}

    /** Sees that the groups which a filter names have their policies. */
    public static void lookedFor(Tenant tenant, @Nullable String filter, Instant now) {
        Matcher ids = ID.matcher(filter == null ? "" : filter);
        while (ids.find()) {
            String id = ids.group();
            boolean wanted = tenant.read(() -> {
                Node group = tenant.find(Kinds.all().get("groups"), id);
                return group != null && group.live() && !RolePolicies.hasGroup(tenant, id);
            });
            if (wanted) {
                tenant.write(Ageing.context(tenant, now), writer -> {
                    RolePolicies.openGroup(tenant, id);
                    return true;
                });
            }
        }
    }
}
