package io.tidemark.simulator.tenant;

/** The tenant's own names. */
final class Domains {

    private Domains() {}

    /** The domain that the tenant was born with; guests are named under it. */
    static String initial(Tenant tenant) {
        for (Node domain : tenant.after(Kinds.all().get("domains"), 0)) {
            if (domain.entity().isTrue("isInitial")) {
                return domain.id();
            }
        }
        return usual(tenant);
    }

    /** The domain that new addresses get. */
    static String usual(Tenant tenant) {
        String first = "contoso.onmicrosoft.com";
        for (Node domain : tenant.after(Kinds.all().get("domains"), 0)) {
            if (domain.entity().isTrue("isDefault")) {
                return domain.id();
            }
            first = domain.id();
        }
        return first;
    }
}
