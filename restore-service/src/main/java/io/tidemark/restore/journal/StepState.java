package io.tidemark.restore.journal;

/** How far a step is. */
public enum StepState {
    /** Not begun, or to be tried again. */
    PENDING,
    /** Decided, and surely not sent. */
    INTENT,
    /** May have been sent; no answer is recorded. */
    SENT,
    /** Sent, and no answer came. */
    UNKNOWN,
    /** Graph said that it was done, or reading showed it. */
    OBSERVED,
    /** Read back often enough. */
    VERIFIED,
    /** The tenant already was as wanted, so nothing was sent. */
    ALREADY_EQUAL,
    /** The tenant is not as it was when the plan was made. */
    CONFLICT,
    /** The guard does not let it be sent. */
    BLOCKED,
    /** Written, but the written values did not show in time. */
    NOT_SHOWN,
    /** Refused for good, or given up. */
    FAILED,
    /** Not begun when the restore was cancelled. */
    CANCELED;

    /** Whether the executor is through with it. */
    public boolean ended() {
        return switch (this) {
            case PENDING, INTENT, SENT, UNKNOWN -> false;
            case OBSERVED, VERIFIED, ALREADY_EQUAL, CONFLICT, BLOCKED, NOT_SHOWN, FAILED, CANCELED -> true;
        };
    }

    /** Whether nothing more will become of it. */
    public boolean settled() {
        return ended() && this != OBSERVED;
    }
}
