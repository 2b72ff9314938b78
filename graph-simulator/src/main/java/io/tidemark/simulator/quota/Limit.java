package io.tidemark.simulator.quota;

/**
 * One limit that a request meets.
 *
 * @param name the bucket, told apart by whom it belongs to
 * @param capacity how much may be spent at once
 * @param perSecond how much comes back in a second
 * @param cost what this request spends
 * @param scope whose requests are counted, as answers name it
 * @param reason why a request over the limit is refused, as answers name it
 * @param patient whether a refusal tells when to come again
 */
record Limit(
        String name, double capacity, double perSecond, double cost, String scope, String reason, boolean patient) {

    static final String UNITS = "ResourceUnitLimitExceeded";
    static final String WRITES = "WriteLimitExceeded";

    /** A limit of so many in so many seconds. */
    static Limit of(String name, double many, double seconds, double cost, String scope, String reason) {
        return new Limit(name, many, many / seconds, cost, scope, reason, true);
    }
}
