package io.tidemark.simulator.quota;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The documented limits, and which of them a request meets. */
final class Limits {

    private static final String PAIR = "Tenant_Application/";
    private static final String TENANT = "Tenant/";
    private static final String APPLICATION = "Application/";
    private static final String READ = "Read";
    private static final String WRITE = "Write";
    private static final String ANY = "ReadWrite";
    private static final int SMALL = 50;
    private static final int MEDIUM = 500;

    private Limits() {}

    /** All limits that a request of an application in a tenant of so many users meets, the narrowest first. */
    static List<Limit> of(UUID tenant, String appId, int users, Charge charge) {
        List<Limit> limits = new ArrayList<>(6);
        String pair = tenant + "/" + appId;
        switch (charge.service()) {
            case "conditionalAccess" ->
                limits.add(new Limit("ca/" + tenant, 1, 1, 1, TENANT + ANY, Limit.UNITS, false));
            case "reports" -> {
                limits.add(Limit.of("reports/" + pair, 5, 10, 1, PAIR + READ, Limit.UNITS));
                limits.add(Limit.of("reports/" + appId, 122, 10, 1, APPLICATION + READ, Limit.UNITS));
            }
            case "identityProviders" -> {
                limits.add(Limit.of("idp/" + pair, 200, 60, 1, PAIR + ANY, Limit.UNITS));
                limits.add(Limit.of("idp/" + tenant, 300, 60, 1, TENANT + ANY, Limit.UNITS));
            }
            case "intune" -> intune(limits, tenant, pair, charge);
            case "signInActivity" -> {
                limits.add(Limit.of("activity/" + pair, 10, 60, 1, PAIR + READ, Limit.UNITS));
                limits.add(Limit.of("activity/" + appId, 10, 60, 1, APPLICATION + READ, Limit.UNITS));
                directory(limits, tenant, appId, users, charge);
            }
            case "subscriptions" -> {
                // Only the limit of everything is documented for it.
            }
            default -> directory(limits, tenant, appId, users, charge);
        }
        limits.add(Limit.of("all/" + appId, 130_000, 10, 1, APPLICATION + ANY, Limit.UNITS));
        return limits;
    }

    private static void directory(List<Limit> limits, UUID tenant, String appId, int users, Charge charge) {
        String pair = tenant + "/" + appId;
        if (charge.write()) {
            if (charge.area().equals("devices")) {
                if (charge.user() != null) {
                    limits.add(
                            Limit.of("device/" + tenant + "/" + charge.user(), 25, 10, 1, PAIR + WRITE, Limit.WRITES));
                }
                limits.add(Limit.of("device/" + pair, 3000, 150, 1, PAIR + WRITE, Limit.WRITES));
            }
            if (charge.personal()) {
                limits.add(Limit.of("personal/" + pair, 60, 60, 1, PAIR + WRITE, Limit.WRITES));
            }
            limits.add(Limit.of("w/" + pair, 3000, 150, 1, PAIR + WRITE, Limit.WRITES));
            limits.add(Limit.of("w/" + tenant, 18_000, 300, 1, TENANT + WRITE, Limit.WRITES));
            limits.add(Limit.of("w/" + appId, 35_000, 300, 1, APPLICATION + WRITE, Limit.WRITES));
        }
        int units = charge.resourceUnits();
        limits.add(Limit.of("ru/" + pair, unitsInTenSeconds(users), 10, units, PAIR + READ, Limit.UNITS));
        limits.add(Limit.of("ru/" + appId, 150_000, 20, units, APPLICATION + READ, Limit.UNITS));
    }

    /** Each area of the service is limited alone, its writes besides. */
    private static void intune(List<Limit> limits, UUID tenant, String pair, Charge charge) {
        String area = "intune/" + charge.area() + "/";
        if (charge.write()) {
            limits.add(Limit.of(area + "w/" + pair, 100, 20, 1, PAIR + WRITE, Limit.WRITES));
            limits.add(Limit.of(area + "w/" + tenant, 200, 20, 1, TENANT + WRITE, Limit.WRITES));
        }
        limits.add(Limit.of(area + pair, 1000, 20, 1, PAIR + ANY, Limit.UNITS));
        limits.add(Limit.of(area + tenant, 2000, 20, 1, TENANT + ANY, Limit.UNITS));
    }

    private static double unitsInTenSeconds(int users) {
        if (users < SMALL) {
            return 3500;
        }
        return users <= MEDIUM ? 5000 : 8000;
    }
}
