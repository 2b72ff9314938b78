package io.tidemark.simulator.fault;

/** What can go wrong with one request. */
public enum Fault {
    /** 429 with Retry-After; nothing happened. */
    THROTTLED,
    /** 500; nothing happened. */
    SERVER_ERROR,
    /** 502 with an HTML page; nothing happened. */
    BAD_GATEWAY,
    /** 503; nothing happened. */
    UNAVAILABLE,
    /** 504; nothing happened. */
    GATEWAY_TIMEOUT,
    /** 507; nothing happened. */
    INSUFFICIENT_STORAGE,
    /** 409 Directory_ConcurrencyViolation; nothing happened. */
    CONCURRENCY,
    /** 504, although everything happened. */
    TIMEOUT_AFTER_EFFECT,
    /** The connection closes without an answer, although everything happened. */
    ANSWER_LOST,
    /** The connection closes before anything happened. */
    CONNECTION_RESET,
    /** The answer breaks off in the middle. */
    TRUNCATED,
    /** 200 with an HTML page; nothing happened. */
    HTML_PAGE,
    /** The answer comes in small pieces. */
    SLOW,
    /** 401 with a claims challenge; nothing happened. */
    CLAIMS_CHALLENGE,
    /** 401 because the token's time is over; nothing happened. */
    TOKEN_EXPIRED,
    /** 403 as if the permission had been taken back; nothing happened. */
    CONSENT_WITHDRAWN,
    /** 410 on delta queries: start again. */
    RESYNC,
    /** 400 Directory_ExpiredPageToken on pages after the first. */
    EXPIRED_PAGE;

    /** Whether the request has its effect nevertheless. */
    public boolean afterEffect() {
        return this == TIMEOUT_AFTER_EFFECT || this == ANSWER_LOST || this == TRUNCATED || this == SLOW;
    }
}
