package io.tidemark.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The manifests that a kustomization lists, parsed into their types. */
record Manifests(List<HasMetadata> resources, List<JsonNode> sources, Map<String, String> images) {

    private static final YAMLMapper YAML = new YAMLMapper();

    static Manifests read(String directory) {
        Path base = Path.of("kubernetes", directory);
        KubernetesSerialization serialization = new KubernetesSerialization();
        List<HasMetadata> resources = new ArrayList<>();
        List<JsonNode> sources = new ArrayList<>();
        Map<String, String> images = new HashMap<>();
        try {
            JsonNode kustomization =
                    YAML.readTree(base.resolve("kustomization.yaml").toFile());
            for (JsonNode image : kustomization.path("images")) {
                images.put(image.path("name").asText(), image.path("newTag").asText());
            }
            for (JsonNode file : kustomization.path("resources")) {
                for (JsonNode document : documents(base.resolve(file.asText()))) {
                    sources.add(document);
                    resources.add(serialization.unmarshal(document.toString(), HasMetadata.class));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Manifests(resources, sources, images);
    }

    <T extends HasMetadata> List<T> of(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /**
     * Fields that the parsed types do not know, as {@code kind/name: path}. The types take unknown fields without a word, so what was read is
     * written out again from the known fields alone and compared.
     */
    List<String> unknownFields() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
            @Override
            public Boolean hasAnyGetter(Annotated annotated) {
                return false;
            }
        });
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < resources.size(); i++) {
            HasMetadata resource = resources.get(i);
            String name = resource.getKind() + "/" + resource.getMetadata().getName();
            lost(name, sources.get(i), mapper.valueToTree(resource), unknown);
        }
        return unknown;
    }

    private static void lost(String path, JsonNode source, JsonNode known, List<String> unknown) {
        if (source.isObject() && known.isObject()) {
            Iterator<Map.Entry<String, JsonNode>> fields = source.fields();
            while (fields.hasNext()) {
                Map.Entry<String, JsonNode> field = fields.next();
                if (field.getValue().isEmpty() && field.getValue().isContainerNode()) {
                    continue;
                }
                if (known.has(field.getKey())) {
                    lost(path + "." + field.getKey(), field.getValue(), known.get(field.getKey()), unknown);
                } else {
                    unknown.add(path + "." + field.getKey());
                }
            }
        } else if (source.isArray() && known.isArray()) {
            for (int i = 0; i < source.size(); i++) {
                lost(path + "[" + i + "]", source.get(i), known.path(i), unknown);
            }
        }
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(Files.readString(file))) {
            return documents.readAll();
        }
    }
}
