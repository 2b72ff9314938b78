package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps everything that a seed tells. */
final class RecordedTenant implements SeedSink {

    record ToldLink(String collection, String source, String relation, String target) {}

    final Map<String, Map<String, ObjectNode>> objects = new LinkedHashMap<>();
    final List<ToldLink> links = new ArrayList<>();
    final List<ClientRegistration> registrations = new ArrayList<>();
    final Set<String> ids = new LinkedHashSet<>();

    static RecordedTenant of(String size, long seed, Map<String, String> options) {
        var recorded = new RecordedTenant();
        SampleTenants.of(size, seed, options).emit(recorded);
        return recorded;
    }

    @Override
    public void object(String collection, ObjectNode object) {
        var former = objects.computeIfAbsent(collection, c -> new LinkedHashMap<>())
                .put(object.path("id").asText(), object);
        if (former != null) {
            throw new AssertionError(collection + " has two objects with the same id");
        }
        ids.add(object.path("id").asText());
    }

    @Override
    public void link(String collection, String sourceId, String relation, String targetId) {
        if (!of(collection).containsKey(sourceId)) {
            throw new AssertionError("a link leaves an object of " + collection + " that was not told");
        }
        links.add(new ToldLink(collection, sourceId, relation, targetId));
    }

    @Override
    public void appRegistration(ClientRegistration registration) {
        registrations.add(registration);
    }

    Map<String, ObjectNode> of(String collection) {
        return objects.getOrDefault(collection, Map.of());
    }

    Stream<ToldLink> links(String collection, String relation) {
        return links.stream()
                .filter(link ->
                        link.collection().equals(collection) && link.relation().equals(relation));
    }
}
