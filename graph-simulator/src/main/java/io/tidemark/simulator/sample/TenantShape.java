package io.tidemark.simulator.sample;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of everything a made-up tenant has.
 *
 * @param users all users: break-glass and service accounts, members and guests
 * @param groups all groups, dynamic and synced ones included
 * @param applications applications, each with its service principal
 * @param policies Conditional Access policies
 * @param fewestMemberships of one member in assigned groups
 * @param mostMemberships of one member in assigned groups
 */
record TenantShape(int users, int groups, int applications, int policies, int fewestMemberships, int mostMemberships) {

    private static final int LARGEST_USERS = 2_000_000;
    private static final int MOST_POLICIES = 195;

    TenantShape {
        requireRange("users", users, 16, LARGEST_USERS);
        requireRange("groups", groups, 10, 500_000);
        requireRange("applications", applications, 7, 300_000);
        requireRange("policies", policies, 3, MOST_POLICIES);
    }

    static TenantShape of(String size, Map<String, String> options) {
        var usual = usual(size, number(options, "users"));
        return new TenantShape(
                usual.users,
                orUsual(number(options, "groups"), usual.groups),
                orUsual(number(options, "applications"), usual.applications),
                orUsual(number(options, "policies"), usual.policies),
                usual.fewestMemberships,
                usual.mostMemberships);
    }

    int guests() {
        return Math.max(1, users * 6 / 100);
    }

    private static TenantShape usual(String size, @Nullable Integer users) {
        return switch (size.toLowerCase(Locale.ROOT)) {
            case "tiny" -> new TenantShape(orUsual(users, 18), 10, 7, 4, 2, 4);
            case "contoso-like", "typical" -> typical(orUsual(users, 5_000));
            case "large" -> new TenantShape(orUsual(users, 100_000), 10_000, 5_000, 120, 4, 10);
            case "huge" -> new TenantShape(orUsual(users, 850_000), 100_000, 25_000, MOST_POLICIES, 3, 8);
            default ->
                throw new IllegalArgumentException("unknown tenant size '" + size + "': tiny, typical, large or huge");
        };
    }

    /** 400 groups and 150 applications for each 5,000 users, but never so few that a tenant would look empty. */
    private static TenantShape typical(int users) {
        var groups = Math.max(12, (int) (users * 400L / 5_000));
        var applications = Math.min(3_000, Math.max(12, (int) (users * 150L / 5_000)));
        return new TenantShape(users, groups, applications, 60, 2, 6);
    }

    private static int orUsual(@Nullable Integer given, int usual) {
        return given == null ? usual : given;
    }

    private static @Nullable Integer number(Map<String, String> options, String name) {
        var text = options.get(name);
        if (text == null) {
            return null;
        }
        try {
            return Integer.valueOf(text.trim().replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option '" + name + "' is not a number", e);
        }
    }

    private static void requireRange(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " must be from " + low + " to " + high + " but is " + value);
        }
    }
}
