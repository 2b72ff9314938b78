package io.tidemark.restore.guard;

import io.tidemark.directory.ObjectKind;
import java.time.Duration;
import java.util.Set;

/**
 * What the guard lets pass.
 *
 * @param breakGlass ids of the accounts that must be able to sign in whatever happens
 * @param ownAppIds application ids that this system itself signs in with
 * @param fourEyesAbove a plan that touches more objects needs an approver other than the requester
 * @param maxObjects a plan that touches more objects is refused, unless the command itself allows as many
 * @param maxDeletions a plan that deletes more objects is refused
 * @param maxShare the share of a kind's objects above which a plan needs an approver other than the requester
 * @param allowedKinds protected kinds that may be written all the same
 * @param planLifetime how long a plan may wait before it has to be made again
 */
public record GuardLimits(
        Set<String> breakGlass,
        Set<String> ownAppIds,
        int fourEyesAbove,
        int maxObjects,
        int maxDeletions,
        double maxShare,
        Set<ObjectKind> allowedKinds,
        Duration planLifetime) {

    public GuardLimits {
        breakGlass = Set.copyOf(breakGlass);
        ownAppIds = Set.copyOf(ownAppIds);
        allowedKinds = Set.copyOf(allowedKinds);
    }
}
