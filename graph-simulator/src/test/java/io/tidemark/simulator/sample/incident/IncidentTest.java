package io.tidemark.simulator.sample.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IncidentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @MethodSource("io.tidemark.simulator.sample.incident.Incident#names")
    void everyIncidentThatComesWithTheSamplesCanBeRead(String name) {
        var incident = Incident.named(name);

        assertThat(incident.name()).isEqualTo(name);
        assertThat(incident.description()).isNotBlank();
        assertThat(incident.steps()).isNotEmpty().allSatisfy(step -> {
            assertThat(step.requests()).isNotEmpty();
            assertThat(step.actor()).isNotNull();
        });
    }

    @Test
    void aParameterTakesAnotherValueOnlyIfThereIsOne() {
        var incident = Incident.named("department-wipe");

        assertThat(incident.with("count", "7").parameters()).containsEntry("count", "7");
        assertThatThrownBy(() -> incident.with("colour", "blue")).hasMessageContaining("no parameter 'colour'");
        assertThatThrownBy(() -> Incident.named("earthquake")).hasMessageContaining("no incident 'earthquake'");
    }

    @Test
    void aTemplateTakesTheTargetsOwnValueAndChangesIt() throws Exception {
        var target = JSON.readTree(
                "{\"id\":\"7\",\"controls\":{\"list\":[\"mfa\",\"compliantDevice\"],\"a\":\"b\",\"x@odata.context\":\"y\"}}");
        var template = new Template(Map.of("department", "Sales"), target);

        var body = template.body(JSON.readTree(
                "{\"of\":\"{id} of {department}\",\"list\":{\"$current\":\"/controls/list\",\"remove\":[\"mfa\"]},"
                        + "\"controls\":{\"$current\":\"/controls\",\"set\":{\"a\":null}}}"));

        assertThat(body)
                .isEqualTo(
                        JSON.readTree(
                                "{\"of\":\"7 of Sales\",\"list\":[\"compliantDevice\"],\"controls\":{\"list\":[\"mfa\",\"compliantDevice\"],\"a\":null}}"));
    }

    @Test
    void aTemplateRefusesNamesThatNobodyHas() {
        var template = new Template(Map.of(), JsonNodeFactory.instance.objectNode());

        assertThatThrownBy(() -> template.text("/users/{id}")).hasMessageContaining("names 'id'");
    }
}
