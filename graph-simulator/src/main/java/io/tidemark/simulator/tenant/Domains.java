package io.tidemark.simulator.tenant;

import io.tidemark.simulator.kind.Kinds;
import java.util.Locale;

/** The tenant's own names. */
public final class Domains {

    private Domains() {}

    /** The domain that the tenant was born with; guests are named under it. */
    public static String initial(Tenant tenant) {
        for (Node domain : tenant.after(Kinds.all().get("domains"), 0)) {
            if (domain.entity().isTrue("isInitial")) {
                return domain.id();
            }
        }
        return usual(tenant);
    }

    /** The domain that new addresses get. */
    public static String usual(Tenant tenant) {
        String first = "contoso.onmicrosoft.com";
        for (Node domain : tenant.after(Kinds.all().get("domains"), 0)) {
            if (domain.entity().isTrue("isDefault")) {
                return domain.id();
            }
            first = domain.id();
        }
        return first;
    }

    /** Whether an address lies in a verified domain or below one. */
    public static boolean verified(Tenant tenant, String address) {
        String host = address.replaceFirst("^[a-zA-Z]+://", "")
                .replaceFirst("[:/?#].*$", "")
                .toLowerCase(Locale.ROOT);
        for (Node domain : tenant.after(Kinds.all().get("domains"), 0)) {
            boolean within = host.equals(domain.id()) || host.endsWith("." + domain.id());
            if (within && domain.live() && domain.entity().isTrue("isVerified")) {
                return true;
            }
        }
        return false;
    }
}
