package io.tidemark.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncedTest {

    private final ObjectMapper mapper = new ObjectMapper();
    private final Announced announced = new Announced();

    @BeforeEach
    void aRestoreThatReCreatedAnApplicationAndLeftOneSecretOpen() throws IOException {
        announced.add(json("""
                {"result": {"idMap": {"old-app": "new-app"},
                            "leftovers": [{"type": "application", "id": "new-app", "path": "passwordCredentials", "reason": "secret"}]}}"""));
        announced.renamed("old-client", "new-client");
    }

    @Test
    void theOldIdMayBeGoneAndTheNewOneBeThere() throws IOException {
        assertThat(announced.unexplained(item("application", "old-app", "HARD_DELETED")))
                .isEmpty();
        assertThat(announced.unexplained(item("application", "new-app", "CREATED")))
                .isEmpty();
    }

    @Test
    void anObjectThatIsGoneWithoutAWordIsNotExplained() throws IOException {
        assertThat(announced.unexplained(item("user", "someone", "HARD_DELETED")))
                .containsExactly("user someone HARD_DELETED");
    }

    @Test
    void aReferenceThatFollowsTheNewIdIsExplainedAndAnyOtherChangeIsNot() throws IOException {
        JsonNode policy = json("""
                {"type": "conditionalAccessPolicy", "id": "p", "action": "MODIFIED", "properties": [
                  {"path": "conditions/applications/includeApplications", "before": ["old-client"], "after": ["new-client"]},
                  {"path": "state", "before": "enabled", "after": "disabled"}]}""");

        assertThat(announced.unexplained(policy)).containsExactly("conditionalAccessPolicy p state");
    }

    @Test
    void anOpenPointExplainsItsPropertyAndWhatIsBelowIt() throws IOException {
        JsonNode application = json("""
                {"type": "application", "id": "new-app", "action": "MODIFIED", "properties": [
                  {"path": "passwordCredentials/0", "before": 1, "after": 2}, {"path": "passwordCredentialsX", "before": 1, "after": 2}]}""");

        assertThat(announced.unexplained(application)).containsExactly("application new-app passwordCredentialsX");
    }

    @Test
    void aLinkToARenamedObjectIsExplainedAndAnotherIsNot() throws IOException {
        JsonNode group = json("""
                {"type": "group", "id": "g", "action": "MODIFIED", "links": [
                  {"relation": "members", "action": "REMOVED", "targetId": "old-app"},
                  {"relation": "members", "action": "REMOVED", "targetId": "someone"}]}""");

        assertThat(announced.unexplained(group)).containsExactly("group g members someone");
    }

    private JsonNode item(String type, String id, String action) throws IOException {
        return json("{\"type\": \"%s\", \"id\": \"%s\", \"action\": \"%s\"}".formatted(type, id, action));
    }

    private JsonNode json(String text) throws IOException {
        return mapper.readTree(text);
    }
}
