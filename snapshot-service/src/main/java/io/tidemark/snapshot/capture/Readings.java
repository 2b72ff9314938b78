package io.tidemark.snapshot.capture;

import io.tidemark.contracts.CaptureReport.Reading;
import io.tidemark.contracts.ObjectState.Source;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How and when one capture read each type. */
final class Readings {

    private record Span(
            Source source, Instant startedAt, @Nullable Instant endedAt) {}

    private final CaptureTime time;
    private final Map<String, Span> spans = new HashMap<>();

    Readings(CaptureTime time) {
        this.time = time;
    }

    /** A type is read from now on, if it is not already. */
    void begin(String type, Source source) {
        spans.putIfAbsent(type, new Span(source, time.now(), null));
    }

    /** The last of a type has come, or it broke off. What has ended before ended then. */
    void end(String type) {
        spans.computeIfPresent(type, (same, span) -> ended(span, span.source()));
    }

    /** The last of a type has come, told with another or by itself. */
    void end(String type, Source source, String with) {
        Span span = spans.get(with);
        if (span != null) {
            spans.put(type, ended(span, source));
        }
    }

    Optional<Reading> of(String type) {
        return Optional.ofNullable(spans.get(type))
                .map(span -> new Reading(
                        span.source(), span.startedAt(), span.endedAt() == null ? time.now() : span.endedAt()));
    }

    boolean hasEnded(String type) {
        Span span = spans.get(type);
        return span != null && span.endedAt() != null;
    }

    /** The types that were begun and have not ended, in order of their names. */
    List<String> underWay() {
        return spans.keySet().stream().filter(type -> !hasEnded(type)).sorted().toList();
    }

    private Span ended(Span span, Source source) {
        return new Span(source, span.startedAt(), span.endedAt() == null ? time.now() : span.endedAt());
    }
}
