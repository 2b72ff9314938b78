package io.tidemark.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsyncApiTest {

    private static final String DEAD_LETTERS = "deadLetters";

    private JsonNode document;

    @BeforeEach
    void readDocument() throws IOException {
        try (InputStream file = Topic.class.getResourceAsStream("/asyncapi.yaml")) {
            document = new YAMLMapper().readTree(file);
        }
    }

    @Test
    void itDescribesExactlyTheTopicsThatThereAre() {
        assertThat(channels().values().stream().map(c -> address(c, "tidemark")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Topic.values())
                        .map(t -> t.name("tidemark"))
                        .toList());
        assertThat(document.at("/channels/deadLetters/address").asText())
                .isEqualTo(Topic.deadLetters("{prefix}", "{group}"));
    }

    @Test
    void itGivesEachTopicItsPartitionsAndCleanup() {
        for (Topic topic : Topic.values()) {
            JsonNode kafka = channel(topic).at("/bindings/kafka");

            assertThat(kafka.path("partitions").asInt()).as(topic.name()).isEqualTo(topic.partitions());
            assertThat(kafka.at("/topicConfiguration/cleanup.policy/0").asText())
                    .as(topic.name())
                    .isEqualTo(topic.compacted() ? "compact" : "delete");
        }
    }

    @Test
    void itNamesExactlyTheEventTypesOfEachTopic() {
        Map<Topic, Set<String>> described = new TreeMap<>();
        Map<Topic, Set<String>> sent = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            Set<String> names = new TreeSet<>();
            channel(topic)
                    .path("messages")
                    .forEach(message -> names.add(resolve(message).path("name").asText()));
            described.put(topic, names);
            sent.put(
                    topic,
                    Arrays.stream(EventType.values())
                            .filter(type -> type.topic() == topic)
                            .map(EventType::ceType)
                            .collect(Collectors.toCollection(TreeSet::new)));
        }

        assertThat(described).isEqualTo(sent);
    }

    @Test
    void itPointsEachMessageAtItsPayloadsSchema() {
        for (EventType type : EventType.values()) {
            String path = message(type).at("/payload/schema/$ref").asText();

            assertThat(Topic.class.getResource("/" + path)).as(path).isNotNull();
            assertThat(type.schema())
                    .isEqualTo("urn:tidemark:schema:"
                            + path.substring("schemas/".length(), path.length() - ".json".length()) + ":v1");
        }
    }

    @Test
    void itDescribesExactlyTheHeadersThatWeSend() {
        JsonNode headers = document.at("/components/messageTraits/cloudEvent/headers");
        Event<?> event = Golden.of(EventType.CHANGE_RECORDED, "v1").read();
        Set<String> described = new TreeSet<>();
        headers.path("properties").fieldNames().forEachRemaining(described::add);
        Set<String> required = new TreeSet<>();
        headers.path("required").forEach(name -> required.add(name.asText()));

        assertThat(described)
                .isEqualTo(new TreeSet<>(MessageCodec.headers(event).keySet()));
        described.remove(MessageCodec.CORRELATION);
        assertThat(required).isEqualTo(described);
    }

    @Test
    void everyReferenceInItLeadsSomewhere() {
        document.findValuesAsText("$ref").stream()
                .filter(reference -> reference.startsWith("#"))
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private JsonNode channel(Topic topic) {
        return channels().values().stream()
                .filter(channel -> address(channel, "tidemark").equals(topic.name("tidemark")))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, JsonNode> channels() {
        Map<String, JsonNode> channels = new LinkedHashMap<>();
        document.path("channels").fields().forEachRemaining(entry -> {
            if (!entry.getKey().equals(DEAD_LETTERS)) {
                channels.put(entry.getKey(), entry.getValue());
            }
        });
        return channels;
    }

    private JsonNode message(EventType type) {
        for (JsonNode message : document.at("/components/messages")) {
            if (message.path("name").asText().equals(type.ceType())) {
                return message;
            }
        }
        throw new AssertionError("no message is called " + type.ceType());
    }

    private JsonNode resolve(JsonNode reference) {
        return document.at(reference.path("$ref").asText().substring(1));
    }

    private static String address(JsonNode channel, String prefix) {
        return channel.path("address").asText().replace("{prefix}", prefix);
    }
}
