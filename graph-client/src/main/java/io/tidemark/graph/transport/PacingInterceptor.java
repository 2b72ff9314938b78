package io.tidemark.graph.transport;

import io.tidemark.graph.pace.Observation;
import io.tidemark.graph.pace.Pacer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** Makes every attempt pay, the SDK's own repetition after a claims challenge included, and tells the pacer what Graph said. */
final class PacingInterceptor implements Interceptor {

    static final String THROTTLE_INFORMATION = "x-ms-throttle-information";

    private static final int TOO_MANY_REQUESTS = 429;

    private final Pacer pacer;

    PacingInterceptor(Pacer pacer) {
        this.pacer = pacer;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Attempt attempt = request.tag(Attempt.class);
        if (attempt == null) {
            return chain.proceed(request);
        }
        try {
            pacer.pay(attempt.charges());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for quota");
        }
        try {
            Response response = chain.proceed(request);
            if (!attempt.isBatch() || response.code() == TOO_MANY_REQUESTS) {
                pacer.observe(attempt.charges(), observation(response));
            }
            return response;
        } catch (IOException e) {
            pacer.observe(attempt.charges(), Observation.of(0));
            throw e;
        }
    }

    private static Observation observation(Response response) {
        String retryAfter = response.header("Retry-After");
        return new Observation(
                response.code(),
                retryAfter == null ? Optional.empty() : RetryAfter.parse(retryAfter),
                saysLimitExceeded(response.header(THROTTLE_INFORMATION, "")),
                percentage(response.header("x-ms-throttle-limit-percentage", "")),
                units(response.header("x-ms-resource-unit", "")));
    }

    /** Graph names the limit, such as {@code WriteLimitExceeded}, when it is a quota of its own that is used up. */
    static boolean saysLimitExceeded(@org.jspecify.annotations.Nullable String information) {
        return information != null && information.contains("LimitExceeded");
    }

    private static OptionalDouble percentage(@org.jspecify.annotations.Nullable String text) {
        try {
            return text == null || text.isBlank()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.parseDouble(text.trim()));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalInt units(@org.jspecify.annotations.Nullable String text) {
        try {
            return text == null || text.isBlank() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text.trim()));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
