package io.tidemark.contracts;

/** The states of a restore. */
public enum RestoreState {
    ACCEPTED,
    PLANNING,
    AWAITING_APPROVAL,
    APPROVED,
    RUNNING,
    PAUSED,
    NEEDS_ATTENTION,
    VERIFYING,
    COMPLETED,
    COMPLETED_WITH_WARNINGS,
    PARTIALLY_FAILED,
    FAILED,
    CANCELED,
    REJECTED,
    EXPIRED;

    /** Whether nothing more will happen. */
    public boolean terminal() {
        return switch (this) {
            case COMPLETED, COMPLETED_WITH_WARNINGS, PARTIALLY_FAILED, FAILED, CANCELED, REJECTED, EXPIRED -> true;
            case ACCEPTED, PLANNING, AWAITING_APPROVAL, APPROVED, RUNNING, PAUSED, NEEDS_ATTENTION, VERIFYING -> false;
        };
    }
}
