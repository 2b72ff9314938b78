package io.tidemark.graph.read;

import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The properties that Graph's metadata document declares for some types, their bases' included.
 *
 * @param tag what the document is known by, to be told next time; empty text if Graph does not say
 * @param byType the properties by type, in order of name
 */
public record DeclaredProperties(String tag, Map<String, List<Declared>> byType) {

    private static final String ADDRESS = "$metadata";
    private static final int NOT_MODIFIED = 304;

    /**
     * One property.
     *
     * @param name its name
     * @param collection whether it is a collection
     */
    public record Declared(String name, boolean collection) {}

    public DeclaredProperties {
        byType = Map.copyOf(byType);
    }

    /** The properties of a type; none if the document does not have it. */
    public List<Declared> of(String type) {
        return byType.getOrDefault(type, List.of());
    }

    /**
     * Asks Graph, once. The document has megabytes, of which only names are held.
     *
     * @param tag what the document was known by; empty text if it was never read
     * @return empty if the document is still the same
     * @throws GraphException if it could not be read
     */
    public static Optional<DeclaredProperties> of(GraphConnection connection, List<String> types, String tag) {
        GraphRequest request = GraphRequest.once(ADDRESS).withHeader("Accept", "application/xml");
        try {
            return Optional.of(connection.stream(
                    tag.isEmpty() ? request : request.withHeader("If-None-Match", tag),
                    MetadataDocument::read,
                    (response, document) ->
                            new DeclaredProperties(response.header("etag").orElse(""), document.of(types))));
        } catch (GraphException e) {
            if (e.status() == NOT_MODIFIED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
