package io.tidemark.simulator.http;

import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.Faults;
import io.tidemark.simulator.fault.Faults.Hit;
import io.tidemark.simulator.tenant.GraphRefusal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets requests go wrong. What the connection has to do is told to the server in a header that never leaves it. */
final class Injection {

    /** What the server does to the connection: a name of a fault. */
    static final String CONNECTION = "x-simulator-connection";

    private static final Set<Fault> CONNECTION_FAULTS =
            Set.of(Fault.ANSWER_LOST, Fault.CONNECTION_RESET, Fault.TRUNCATED, Fault.SLOW);

    /** What would happen if nothing went wrong. */
    interface Work {
        GraphResponse run();
    }

    private final Faults faults;
    private final Errors errors;

    Injection(Faults faults, Errors errors) {
        this.faults = faults;
        this.errors = errors;
    }

    /** A request over the wire. */
    GraphResponse around(GraphRequest request, Work work) {
        Hit hit = faults.draw(request.method(), path(request));
        if (hit == null) {
            return work.run();
        }
        if (CONNECTION_FAULTS.contains(hit.fault())) {
            GraphResponse response = hit.fault().afterEffect() ? work.run() : GraphResponse.empty(500);
            return response.with(CONNECTION, hit.fault().name());
        }
        return instead(request, hit, work);
    }

    /** A request inside a batch: it has no connection of its own. */
    GraphResponse inside(GraphRequest request, Work work) {
        Hit hit = faults.draw(request.method(), path(request));
        if (hit == null || hit.fault() == Fault.SLOW || hit.fault() == Fault.TRUNCATED) {
            return work.run();
        }
        if (CONNECTION_FAULTS.contains(hit.fault())) {
            Fault nearest = hit.fault() == Fault.ANSWER_LOST ? Fault.TIMEOUT_AFTER_EFFECT : Fault.UNAVAILABLE;
            return instead(request, new Hit(nearest, hit.retryAfterSeconds()), work);
        }
        return instead(request, hit, work);
    }

    private static String path(GraphRequest request) {
        return request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
    }

    private GraphResponse instead(GraphRequest request, Hit hit, Work work) {
        return switch (hit.fault()) {
            case THROTTLED -> errors.throttled(request, retryAfter(hit));
            case SERVER_ERROR ->
                error(request, 500, "InternalServerError", "The server met an unexpected condition.", hit);
            case BAD_GATEWAY -> html(502, "502 Bad Gateway");
            case UNAVAILABLE ->
                error(request, 503, "serviceNotAvailable", "The service is temporarily unavailable.", hit);
            case GATEWAY_TIMEOUT -> error(request, 504, "UnknownError", "The operation timed out.", null);
            case INSUFFICIENT_STORAGE -> error(request, 507, "InsufficientStorage", "The quota is exceeded.", null);
            case CONCURRENCY ->
                error(
                        request,
                        409,
                        "Directory_ConcurrencyViolation",
                        "Error due to concurrent requests being made to the tenant. Please wait briefly and retry.",
                        null);
            case TIMEOUT_AFTER_EFFECT -> {
                work.run();
                yield error(request, 504, "UnknownError", "The operation timed out.", null);
            }
            case HTML_PAGE -> html(200, "Service notice");
            case CLAIMS_CHALLENGE -> errors.of(request, GraphService.challenge());
            case TOKEN_EXPIRED ->
                errors.of(request, GraphService.unauthenticated("Lifetime validation failed, the token is expired."));
            case CONSENT_WITHDRAWN -> errors.of(request, GraphRefusal.denied());
            case RESYNC -> request.path().toLowerCase(Locale.ROOT).contains("delta") ? resync(request) : work.run();
            case EXPIRED_PAGE ->
                request.query().contains("skiptoken") ? errors.of(request, Tokens.expired()) : work.run();
            default -> work.run();
        };
    }

    private GraphResponse resync(GraphRequest request) {
        return errors.of(
                request,
                new GraphRefusal(
                        410,
                        "resyncRequired",
                        "Resync required. Replace any local items with the server's version.",
                        List.of(),
                        Map.of("Location", request.base() + request.path() + "?$deltatoken=")));
    }

    private static Map<String, String> retryAfter(Hit hit) {
        double seconds = hit.retryAfterSeconds();
        if (seconds <= 0) {
            return Map.of();
        }
        boolean whole = seconds == Math.rint(seconds);
        return Map.of("Retry-After", whole ? Long.toString((long) seconds) : Double.toString(seconds));
    }

    private GraphResponse error(GraphRequest request, int status, String code, String message, @Nullable Hit hit) {
        Map<String, String> headers = hit == null || status == 500 ? Map.of() : retryAfter(hit);
        return errors.of(request, new GraphRefusal(status, code, message, List.of(), headers));
    }

    private static GraphResponse html(int status, String title) {
        return GraphResponse.text(
                status,
                "text/html",
                "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>");
    }
}
