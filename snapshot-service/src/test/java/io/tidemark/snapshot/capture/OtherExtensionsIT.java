package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What applications have added to objects: values of directory extensions of all kinds, of schema extensions, and open extensions. */
class OtherExtensionsIT {

    private final FaultyTenant tenant = new FaultyTenant();

    @AfterEach
    void close() {
        tenant.close();
    }

    @ParameterizedTest
    @CsvSource({
        "applications, Application, application",
        "devices, Device, device",
        "directory/administrativeUnits, AdministrativeUnit, administrativeUnit",
        "organization, Organization, organization"
    })
    void aValueOfADirectoryExtensionIsRecordedWithAllThatGraphShowsUnasked(String path, String target, String word) {
        ObjectRef ref = ObjectRef.of(ObjectKind.parse(word), tenant.ids(path).get(0));
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        JsonObject plain = body(ref).orElseThrow();
        String badge = extension(target);
        set(path, ref, badge, "\"B-17\"");

        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(body(ref).orElseThrow().findString(badge)).contains("B-17");
        assertThat(body(ref).orElseThrow().without(badge)).isEqualTo(plain);

        set(path, ref, badge, "\"B-18\"");
        assertThat(tenant.capture(CaptureMode.TARGETED, ref).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(body(ref).orElseThrow().findString(badge)).contains("B-18");

        int before = tenant.memory.history.received.size();
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(states(word, before))
                .as("however it is read, it looks the same")
                .isEmpty();

        set(path, ref, badge, "null");
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(body(ref)).contains(plain);
    }

    @Test
    void valuesOfSchemaExtensionsAndTheirDefinitionsAreRecorded() {
        String user = tenant.ids("users").get(3);
        String unit = tenant.ids("directory/administrativeUnits").get(2);
        String own = schema("costs", tenant.appId(0), "User", "AdministrativeUnit");
        String foreign = schema("elsewhere", "99999999-9999-4999-8999-999999999999", "User");
        patch("users/" + user, "{\"" + own + "\":{\"centre\":\"4711\"}}");
        patch("directory/administrativeUnits/" + unit, "{\"" + own + "\":{\"centre\":\"12\"}}");

        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);

        assertThat(body(ObjectRef.of(ObjectKind.SCHEMA_EXTENSION, own))).isPresent();
        assertThat(body(ObjectRef.of(ObjectKind.SCHEMA_EXTENSION, foreign))).isEmpty();
        assertThat(value(ObjectKind.USER_EXTENSIONS, user, own)).contains("{\"centre\":\"4711\"}");
        assertThat(value(ObjectKind.ADMINISTRATIVE_UNIT_EXTENSIONS, unit, own)).contains("{\"centre\":\"12\"}");
        assertThat(states("userExtensions", 0)).as("nobody else has any").hasSize(1);

        patch("users/" + user, "{\"" + own + "\":null}");
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(body(ObjectRef.of(ObjectKind.USER_EXTENSIONS, user))).isEmpty();
    }

    @Test
    void valuesOfNamedAndOfChangedObjectsAreReadAgainWithoutAskingEveryApplication() {
        String user = tenant.ids("users").get(3);
        String own = schema("costs", tenant.appId(0), "User");
        patch("users/" + user, "{\"" + own + "\":{\"centre\":\"4711\"}}");
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        patch("users/" + user, "{\"" + own + "\":{\"centre\":\"4712\"}}");

        CaptureResult targeted = tenant.capture(CaptureMode.TARGETED, ObjectRef.of(ObjectKind.USER, user));

        assertThat(targeted.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(targeted.requests()).isLessThan(20);
        assertThat(value(ObjectKind.USER_EXTENSIONS, user, own)).contains("{\"centre\":\"4712\"}");

        patch("users/" + user, "{\"department\":\"Cellar\",\"" + own + "\":null}");
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(body(ObjectRef.of(ObjectKind.USER_EXTENSIONS, user))).isEmpty();
        int since = tenant.memory.history.received.size();
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(states("userExtensions", since)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "users, userExtensions",
        "groups, groupExtensions",
        "devices, deviceExtensions",
        "organization, organizationExtensions"
    })
    void openExtensionsAreRecorded(String path, String word) {
        String id = tenant.ids(path).get(0);
        String unused = tenant.administer(
                "POST",
                path + "/" + id + "/extensions",
                "{\"@odata.type\":\"microsoft.graph.openTypeExtension\",\"extensionName\":\"com.example.desk\",\"floor\":3}");

        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);

        JsonObject recorded = body(ObjectRef.of(ObjectKind.parse(word), id)).orElseThrow();
        assertThat(recorded.find("extensions")).get().isInstanceOf(JsonArray.class);
        assertThat(JsonText.text(recorded)).contains("com.example.desk").contains("\"floor\":3");
        assertThat(states(word, 0)).hasSize(1);
        int before = tenant.memory.history.received.size();
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(states(word, before)).isEmpty();
    }

    private String extension(String target) {
        String created = tenant.administer(
                "POST",
                "applications/" + tenant.ids("applications").get(0) + "/extensionProperties",
                "{\"name\":\"badge\",\"dataType\":\"String\",\"targetObjects\":[\"" + target + "\"]}");
        return JsonText.parseObject(created).findString("name").orElseThrow();
    }

    private String schema(String name, String owner, String... targets) {
        String created = tenant.administer(
                "POST",
                "schemaExtensions",
                "{\"id\":\"" + name + "\",\"description\":\"d\",\"owner\":\"" + owner + "\",\"targetTypes\":[\""
                        + String.join("\",\"", targets)
                        + "\"],\"properties\":[{\"name\":\"centre\",\"type\":\"String\"}]}");
        return JsonText.parseObject(created).findString("id").orElseThrow();
    }

    private void set(String path, ObjectRef ref, String name, String value) {
        patch(path + "/" + ref.id().value(), "{\"" + name + "\":" + value + "}");
    }

    private void patch(String path, String body) {
        String unused = tenant.administer("PATCH", path, body);
    }

    private Optional<String> value(ObjectKind kind, String id, String name) {
        return body(ObjectRef.of(kind, id)).flatMap(body -> body.find(name)).map(JsonText::text);
    }

    private Optional<JsonObject> body(ObjectRef ref) {
        return Optional.ofNullable(tenant.memory.history.newest.get(ref.key()))
                .filter(state -> state.deleted() == null)
                .map(ObjectState::body);
    }

    private List<ObjectState> states(String type, int since) {
        List<ObjectState> received = tenant.memory.history.received;
        return received.subList(since, received.size()).stream()
                .filter(state -> state.objectType().equals(type))
                .toList();
    }
}
