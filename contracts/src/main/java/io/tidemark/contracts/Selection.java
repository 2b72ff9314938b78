package io.tidemark.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which differences a restore is about. Every list that is not empty narrows the selection; all empty means everything.
 *
 * @param types object kinds' or link kinds' words
 * @param objects named objects; a link is selected when either of its ends is
 * @param properties property paths ({@code department}, {@code onPremisesExtensionAttributes}); a path selects all below it
 * @param links link relations ({@code members}, {@code owners}, {@code manager}). If only one of properties and links is given, the other
 *     is left out altogether
 * @param reportId only differences that this report lists
 * @param actor only differences of the report that are attributed to this actor (app id, or object id of a user)
 * @param since only differences of the report attributed to events from then on
 * @param until only differences of the report attributed to events before then
 * @param correlationId only differences of the report attributed to this correlation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Selection(
        List<String> types,
        List<ObjectKey> objects,
        List<String> properties,
        List<String> links,
        @Nullable String reportId,
        @Nullable String actor,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String correlationId) {

    public static final Selection ALL =
            new Selection(List.of(), List.of(), List.of(), List.of(), null, null, null, null, null);

    public Selection {
        types = types == null ? List.of() : List.copyOf(types);
        objects = objects == null ? List.of() : List.copyOf(objects);
        properties = properties == null ? List.of() : List.copyOf(properties);
        links = links == null ? List.of() : List.copyOf(links);
    }

    /** Names one object. */
    public record ObjectKey(String type, String id) {}
}
