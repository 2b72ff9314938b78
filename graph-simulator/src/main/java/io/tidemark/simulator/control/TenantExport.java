package io.tidemark.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.Json;
import io.tidemark.simulator.tenant.Kind;
import io.tidemark.simulator.tenant.Kinds;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.SeedSink;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantSeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A whole tenant as lines of JSON in Graph's own shapes, and back. */
public final class TenantExport {

    private TenantExport() {}

    /** Tells every object with its links as one line. */
    public static void write(Tenant tenant, Consumer<String> lines) {
        tenant.read(() -> {
            for (Kind kind : Kinds.all().values()) {
                for (Node node : tenant.after(kind, 0)) {
                    if (node.state() != Node.State.PURGED && !kind.collection().equals("directoryAudits")) {
                        lines.accept(Json.write(line(node)));
                    }
                }
            }
            return true;
        });
    }

    private static ObjectNode line(Node node) {
        ObjectNode line = Json.object();
        line.put("collection", node.kind().collection());
        line.set("object", node.entity().toJson().put("id", node.id()));
        ObjectNode links = Json.object();
        for (String relation : node.linkedBy()) {
            node.targets(relation).forEach(target -> links.withArray(relation).add(target.id()));
        }
        if (!links.isEmpty()) {
            line.set("links", links);
        }
        return line;
    }

    /** Reads what was written; objects first, links after all of them. */
    public static TenantSeed read(Path file) {
        return sink -> {
            List<JsonNode> linked = new ArrayList<>();
            try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (!line.isBlank()) {
                        object(sink, Json.mapper().readTree(line), linked);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the tenant could not be read from " + file, e);
            }
            linked.forEach(line -> links(sink, line));
        };
    }

    private static void object(SeedSink sink, JsonNode line, List<JsonNode> linked) {
        sink.object(line.path("collection").asText(), (ObjectNode) line.path("object"));
        if (line.has("links")) {
            ObjectNode rest = Json.object();
            rest.put("collection", line.path("collection").asText());
            rest.put("id", line.path("object").path("id").asText());
            rest.set("links", line.get("links"));
            linked.add(rest);
        }
    }

    private static void links(SeedSink sink, JsonNode line) {
        for (Map.Entry<String, JsonNode> relation : line.path("links").properties()) {
            for (JsonNode target : relation.getValue()) {
                sink.link(
                        line.path("collection").asText(), line.path("id").asText(), relation.getKey(), target.asText());
            }
        }
    }
}
