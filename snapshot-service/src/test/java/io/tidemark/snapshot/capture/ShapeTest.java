package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShapeTest {

    private static final String TOLD = "{\"id\":\"1\",\"displayName\":\"One\"}";

    @Test
    void whatAListShowsAsUnsetIsWhatADeltaQueryLeavesOut() {
        String listed = """
                {"@odata.type":"#microsoft.graph.group","id":"1","displayName":"One","description":null,"groupTypes":[],
                 "assignedLabels":null}""";

        assertSame(ObjectKind.GROUP, listed, TOLD);
    }

    @ParameterizedTest
    @EnumSource(names = {"APPLICATION", "SERVICE_PRINCIPAL"})
    void whatTheCatalogueDoesNotKnowIsKept(ObjectKind kind) {
        String listed = """
                {"id":"1","displayName":"One","notes":null,"tags":[],"newerThanTheCatalogue":1.50}""";

        assertThat(Shape.of(kind, JsonText.parseObject(listed))
                        .find("newerThanTheCatalogue")
                        .map(JsonText::text))
                .contains("1.50");
    }

    @Test
    void aTypeThatSaysMoreThanTheKindIsKept() {
        assertThat(Shape.of(
                                ObjectKind.USER,
                                JsonText.parseObject("{\"@odata.type\":\"#microsoft.graph.agentUser\",\"id\":\"1\"}"))
                        .findString("@odata.type"))
                .contains("#microsoft.graph.agentUser");
        assertThat(Shape.of(
                                ObjectKind.ROLE_ASSIGNMENT,
                                JsonText.parseObject(
                                        "{\"@odata.type\":\"#microsoft.graph.unifiedRoleAssignment\",\"id\":\"1\"}"))
                        .findString("@odata.type"))
                .isEmpty();
    }

    @Test
    void whatCannotBeSelectedMakesNoDifference() {
        assertSame(
                ObjectKind.SERVICE_PRINCIPAL,
                "{\"id\":\"1\",\"displayName\":\"One\",\"createdDateTime\":\"2026-01-01T00:00:00Z\"}",
                TOLD);
    }

    @Test
    void aCollectionIsNeverNull() {
        JsonObject group = Shape.of(ObjectKind.GROUP, JsonText.parseObject("{\"id\":\"1\",\"assignedLabels\":null}"));

        assertThat(group.find("assignedLabels")).contains(JsonArray.EMPTY);
        assertThat(group.find("assignedLicenses")).contains(JsonArray.EMPTY);
        assertThat(group.find("description")).contains(JsonNull.NULL);
    }

    @Test
    void theKindOfANamedLocationIsPartOfIt() {
        JsonObject location = Shape.of(
                ObjectKind.NAMED_LOCATION,
                JsonText.parseObject(
                        "{\"@odata.type\":\"#microsoft.graph.ipNamedLocation\",\"@odata.etag\":\"7\",\"id\":\"1\"}"));

        assertThat(location.names()).containsExactlyInAnyOrder("@odata.type", "id");
    }

    private static void assertSame(ObjectKind kind, String listed, String told) {
        assertThat(Canonicaliser.hash(kind, Shape.of(kind, JsonText.parseObject(listed))))
                .isEqualTo(Canonicaliser.hash(kind, Shape.of(kind, JsonText.parseObject(told))));
    }
}
