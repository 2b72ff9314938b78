package io.tidemark.simulator.fault;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * When which fault occurs.
 *
 * @param fault what goes wrong
 * @param rate the share of matching requests that it hits, 0 to 1
 * @param methods the methods that it hits; empty: all
 * @param route what the path must contain, as a regular expression in any case; empty: anything
 * @param skip how many matching requests pass first
 * @param most how often it occurs; 0: without limit
 * @param retryAfterSeconds what 429 and 503 tell; 0: nothing
 */
public record FaultRule(
        Fault fault, double rate, Set<String> methods, Pattern route, int skip, int most, double retryAfterSeconds) {

    public FaultRule {
        if (rate < 0 || rate > 1) {
            throw new IllegalArgumentException("a rate lies between 0 and 1, not at " + rate);
        }
        methods = Set.copyOf(methods);
    }

    /** A fault that hits a share of all requests. */
    public static FaultRule of(Fault fault, double rate) {
        return new FaultRule(fault, rate, Set.of(), Pattern.compile(""), 0, 0, 1);
    }

    /** A fault that hits the next so many requests whose path contains the expression. */
    public static FaultRule next(Fault fault, int times, String method, String route) {
        return new FaultRule(fault, 1, Set.of(method), Pattern.compile(route, Pattern.CASE_INSENSITIVE), 0, times, 1);
    }

    boolean matches(String method, String path) {
        return (methods.isEmpty() || methods.contains(method.toUpperCase(Locale.ROOT)))
                && route.matcher(path).find();
    }
}
