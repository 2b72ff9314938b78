package io.tidemark.graph.transport;

import io.tidemark.graph.transport.GraphException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Repeats what may be repeated. A rejection for too many requests may always be, for Graph did not do it; so may what never reached the
 * wire. All other failures are repeated for reads only: of a change nobody knows whether it was done.
 */
final class Repetition {

    private static final int MOST_ATTEMPTS = 10;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private final GraphSettings settings;
    private final GraphWire wire;

    Repetition(GraphSettings settings, GraphWire wire) {
        this.settings = settings;
        this.wire = wire;
    }

    /** How one attempt ended. */
    private sealed interface Ending<T> {
        record Success<T>(T value) implements Ending<T> {}

        /** To be repeated after the pause, or else to be reported. */
        record Again<T>(GraphException failure, Duration pause) implements Ending<T> {}

        record Failure<T>(GraphException failure) implements Ending<T> {}
    }

    <T> T send(GraphRequest request, Function<GraphResponse, T> reader) {
        return send(request, reader, body -> false);
    }

    <T> T send(GraphRequest request, Function<GraphResponse, T> reader, BodyReader<Boolean> taker) {
        Instant deadline = settings.clock().instant().plus(settings.patience());
        boolean tokenRenewed = false;
        for (int number = 1; ; number++) {
            Ending<T> ending = attempt(request, reader, taker, number);
            if (ending instanceof Ending.Success<T> success) {
                return success.value();
            }
            if (ending instanceof Ending.Failure<T> failure) {
                if (failure.failure().status() == 401 && !tokenRenewed) {
                    tokenRenewed = true;
                    continue;
                }
                throw failure.failure();
            }
            Ending.Again<T> again = (Ending.Again<T>) ending;
            Instant next = settings.clock().instant().plus(again.pause());
            if (number >= MOST_ATTEMPTS || next.isAfter(deadline)) {
                throw again.failure();
            }
            sleep(again.pause(), request, again.failure());
        }
    }

    private <T> Ending<T> attempt(
            GraphRequest request, Function<GraphResponse, T> reader, BodyReader<Boolean> taker, int number) {
        Attempt attempt = wire.prepare(request);
        GraphResponse response;
        try {
            response = wire.send(request, attempt, taker);
        } catch (IOException e) {
            return unanswered(request, attempt, e, number);
        } catch (GraphException e) {
            return e.reason() == Reason.UNAVAILABLE ? new Ending.Again<>(e, backoff(number)) : new Ending.Failure<>(e);
        }
        if (!isToBeRead(request, response)) {
            return refused(request, response, number);
        }
        try {
            return new Ending.Success<>(reader.apply(response));
        } catch (IllegalArgumentException e) {
            return unreadable(request, response, e, number);
        }
    }

    /** A batch whose parts were rejected may come back as 424 with all its answers inside. */
    private static boolean isToBeRead(GraphRequest request, GraphResponse response) {
        int status = response.status();
        return status >= 200 && status <= 299
                || status == 424 && request.charges().isPresent() && response.hasBody();
    }

    private <T> Ending<T> unanswered(GraphRequest request, Attempt attempt, IOException e, int number) {
        boolean notSent = !attempt.isOnTheWire();
        boolean harmless = notSent || request.repeatable();
        if (Thread.currentThread().isInterrupted()) {
            return new Ending.Failure<>(
                    failure(harmless ? Reason.CANCELLED : Reason.OUTCOME_UNKNOWN, request, null, notSent, e));
        }
        GraphException failure =
                failure(harmless ? Reason.UNAVAILABLE : Reason.OUTCOME_UNKNOWN, request, null, notSent, e);
        return harmless ? new Ending.Again<>(failure, backoff(number)) : new Ending.Failure<>(failure);
    }

    private <T> Ending<T> unreadable(
            GraphRequest request, GraphResponse response, IllegalArgumentException e, int number) {
        if (!request.repeatable()) {
            return new Ending.Failure<>(failure(Reason.OUTCOME_UNKNOWN, request, response, false, e));
        }
        return new Ending.Again<>(failure(Reason.BAD_ANSWER, request, response, false, e), backoff(number));
    }

    private <T> Ending<T> refused(GraphRequest request, GraphResponse response, int number) {
        Reason reason = reason(request, response);
        GraphException failure = failure(reason, request, response, false, null);
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        return switch (reason) {
            case THROTTLED ->
                asked.compareTo(settings.patience()) > 0
                        ? new Ending.Failure<>(failure)
                        : new Ending.Again<>(failure, asked.isZero() ? backoff(number) : asked);
            case UNAVAILABLE -> new Ending.Again<>(failure, longer(asked, backoff(number)));
            default -> new Ending.Failure<>(failure);
        };
    }

    private static Reason reason(GraphRequest request, GraphResponse response) {
        int status = response.status();
        GraphError error = error(response);
        String code = error.code();
        if (code.startsWith("syncState") || code.startsWith("resync")) {
            return Reason.GONE;
        }
        if (code.equals("Directory_ExpiredPageToken")) {
            return Reason.EXPIRED_PAGE;
        }
        if (status >= 500 && status != 501 || status == 408) {
            return request.repeatable() ? Reason.UNAVAILABLE : Reason.OUTCOME_UNKNOWN;
        }
        return Reason.of(status, error);
    }

    private static GraphException failure(
            Reason reason,
            GraphRequest request,
            @Nullable GraphResponse response,
            boolean notSent,
            @Nullable Throwable cause) {
        return new GraphException(
                reason,
                request,
                response == null ? 0 : response.status(),
                response == null ? GraphError.NONE : error(response),
                response == null ? "" : response.requestId(),
                response == null
                        ? Optional.empty()
                        : response.header("retry-after").flatMap(RetryAfter::parse),
                notSent,
                Optional.ofNullable(cause));
    }

    private static GraphError error(GraphResponse response) {
        try {
            return response.hasBody() ? GraphError.of(response.json()) : GraphError.NONE;
        } catch (IllegalArgumentException e) {
            return GraphError.NONE;
        }
    }

    private void sleep(Duration wait, GraphRequest request, GraphException failure) {
        if (wait.isZero()) {
            return;
        }
        try {
            settings.sleeper().sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GraphException(
                    Reason.CANCELLED,
                    request,
                    failure.status(),
                    failure.error(),
                    failure.requestId(),
                    Optional.empty(),
                    true,
                    Optional.of(e));
        }
    }

    /** Full jitter: anything up to an exponentially growing bound, so that many callers do not come back together. */
    private static Duration backoff(int number) {
        long bound = FIRST_BACKOFF.toMillis() << Math.min(number - 1, 10);
        return Duration.ofMillis(1 + ThreadLocalRandom.current().nextLong(Math.min(bound, LONGEST_BACKOFF.toMillis())));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
