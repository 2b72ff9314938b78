/** The organization: domains and federation, branding, external identities, subscriptions to changes. */
@NullMarked
package io.tidemark.simulator.rules.organization;

import org.jspecify.annotations.NullMarked;
