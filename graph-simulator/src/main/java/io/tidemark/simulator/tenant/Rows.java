package io.tidemark.simulator.tenant;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a table as readers see them: those that are kept or, where every user has one, those that follow from
 * the users. What a tenant was loaded with goes before what follows. Call it inside a read or a write of the tenant.
 */
public final class Rows {

    private Rows() {}

    private static Kind users() {
        return Kinds.all().get("users");
    }

    /** The objects that came after another, live or not. */
    public static Iterable<Node> after(Tenant tenant, Kind kind, long sequence) {
        if (!kind.is("perUser")) {
            return tenant.after(kind, sequence);
        }
        RegistrationDetails details = new RegistrationDetails(tenant);
        List<Node> strangers = strangers(tenant, kind, sequence);
        if (strangers.isEmpty()) {
            return () -> tenant.after(users(), sequence).stream()
                    .map(details::of)
                    .filter(Objects::nonNull)
                    .iterator();
        }
        List<Node> all = new ArrayList<>(strangers);
        tenant.after(users(), sequence).stream()
                .map(details::of)
                .filter(Objects::nonNull)
                .forEach(all::add);
        all.sort(Comparator.comparingLong(Node::sequence));
        return all;
    }

    /** What was told of users who are not here. */
    private static List<Node> strangers(Tenant tenant, Kind kind, long sequence) {
        return tenant.after(kind, sequence).stream()
                .filter(row -> row.live() && tenant.find(users(), row.id()) == null)
                .toList();
    }

    /** An object by id; {@code null} if there is none. */
    public static @Nullable Node find(Tenant tenant, Kind kind, String id) {
        Node user = kind.is("perUser") ? tenant.find(users(), id) : null;
        return user == null ? tenant.find(kind, id) : new RegistrationDetails(tenant).of(user);
    }

    /** How many live objects there are. */
    public static int count(Tenant tenant, Kind kind) {
        if (!kind.is("perUser")) {
            return tenant.count(kind);
        }
        int count = 0;
        for (Node row : after(tenant, kind, 0)) {
            count += row.live() ? 1 : 0;
        }
        return count;
    }
}
