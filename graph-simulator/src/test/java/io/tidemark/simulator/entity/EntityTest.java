package io.tidemark.simulator.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.rules.GraphRulebook;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Table;
import io.tidemark.simulator.tenant.Tenant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Objects are kept packed and nothing of them is lost. */
class EntityTest {

    private static final String AWKWARD = """
            {"id":"0a0b0c0d-1111-4222-8333-444455556666","ID":"0A0B0C0D-1111-4222-8333-444455556666",
             "exact":1.50,"big":9007199254740993,"bigger":123456789012345678901234567890,"small":-7,"tiny":1E-30,
             "none":null,"yes":true,"no":false,"list":[],"object":{},"text":"quote \\" slash \\\\ line \\n tab \\t \\u0001",
             "wide":"Größe 漢字 😀","empty":"","long":"%s",
             "nested":{"a":[{"b":1.0,"c":[null,"x",{"d":"x"}]},{"b":2,"c":[]}],"e":{"f":{"g":[[1],[2,[3]]]}}}}
            """.formatted("x".repeat(1000));

    private static ObjectNode parsed(String json) throws IOException {
        return (ObjectNode) Json.mapper().readTree(json);
    }

    private static String written(Entity entity) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.mapper().createGenerator(text)) {
            Entity.Writer writer = entity.writer();
            out.writeStartObject();
            for (String name : entity.names()) {
                out.writeFieldName(name);
                writer.write(out, name);
            }
            out.writeEndObject();
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatGoesInComesOutToTheLastDigit() throws IOException {
        ObjectNode object = parsed(AWKWARD);

        Entity entity = Entity.of(object);

        assertThat(Json.write(entity.toJson())).isEqualTo(Json.write(object)).contains("\"exact\":1.50");
        assertThat(written(entity)).isEqualTo(Json.write(object));
        object.properties()
                .forEach(p -> assertThat(entity.get(p.getKey())).as(p.getKey()).isEqualTo(p.getValue()));
    }

    @Test
    void aChangeLeavesEverythingElseAsItWas() throws IOException {
        ObjectNode object = parsed(AWKWARD);
        Map<String, JsonNode> changes = new LinkedHashMap<>();
        changes.put("exact", Json.text("now a text"));
        changes.put("unheardOf", Json.object().put("x", 1));

        Entity after = Entity.of(object).with(Map.of("exact", Json.text("now a text")));
        Entity wider = Entity.of(object).with(changes);

        assertThat(Json.write(after.toJson()))
                .isEqualTo(Json.write(object.deepCopy().set("exact", Json.text("now a text"))));
        assertThat(wider.get("unheardOf")).isEqualTo(Json.object().put("x", 1));
        assertThat(wider.get("nested")).isEqualTo(object.get("nested"));
    }

    @Test
    void textsThatRecurAndTextsThatDoNotAreBothKept() {
        for (int i = 0; i < 10_000; i++) {
            ObjectNode object = Json.object().put("city", "City " + i % 50).put("motto", "Motto " + i);
            assertThat(Entity.of(object).toJson()).isEqualTo(object);
        }
    }

    @Test
    void objectsAreFoundByIdAndValueThroughAllChanges() {
        Tenant tenant = new Tenant(UUID.randomUUID(), Clock.systemUTC(), 1, new GraphRulebook());
        Kind users = Kinds.all().get("users");
        Table table = tenant.table(users);
        Random random = new Random(5);
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String id = new UUID(random.nextLong(), random.nextLong()).toString();
            String mail = "U" + random.nextInt(8_000) + "@example.com";
            tenant.insert(users, id, Entity.of(Json.object().put("id", id).put("mail", mail)));
            expected.put(id, mail);
            if (i % 3 == 0) {
                String victim = expected.keySet().iterator().next();
                table.purge(table.get(victim));
                expected.remove(victim);
            } else if (i % 3 == 1) {
                String changed = "changed" + i + "@example.com";
                Node node = table.get(id);
                table.replace(node, node.entity().with(Map.of("mail", Json.text(changed))));
                expected.put(id, changed);
            }
        }

        expected.forEach((id, mail) -> {
            assertThat(table.get(id)).isNotNull();
            assertThat(table.with("mail", mail))
                    .contains(table.get(id))
                    .allSatisfy(node -> assertThat(node.entity().text("mail")).isEqualTo(mail));
        });
        assertThat(table.get(UUID.randomUUID().toString())).isNull();
        assertThat(table.with("mail", "nobody@example.com")).isEmpty();
        assertThat(tenant.count(users)).isEqualTo(expected.size());
    }
}
