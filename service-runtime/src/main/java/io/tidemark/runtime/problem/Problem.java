package io.tidemark.runtime.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 9457 problem detail.
 *
 * @param type names the problem: {@code urn:tidemark:problem:<name>}
 * @param title the problem in general
 * @param status the HTTP status
 * @param detail what was wrong this time; without personal data
 * @param instance the request's path
 * @param extensions further members, such as the ids to act on
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable String instance,
        Map<String, String> extensions) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        extensions = Map.copyOf(extensions);
    }
}
