package io.tidemark.simulator.quota;

import org.jspecify.annotations.Nullable;

/**
 * What a request costs, and what else limits depend on.
 *
 * @param service the quota of which service: directory, conditionalAccess, reports, signInActivity, identityProviders,
 *     intune or subscriptions
 * @param resourceUnits its cost in resource units
 * @param write whether it counts as a write
 * @param area the kind that is asked, for services that limit each part of them alone
 * @param user the signed-in user; {@code null} if the application asks for itself
 * @param personal whether it writes an application that is open to personal accounts
 * @param priority how much the caller minds being refused
 */
public record Charge(
        String service,
        int resourceUnits,
        boolean write,
        String area,
        @Nullable String user,
        boolean personal,
        Priority priority) {}
