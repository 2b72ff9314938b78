package io.tidemark.directory.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.RandomTenant;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectDifferTest {

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void applyingTheDiffLeadsFromBeforeToAfter(long seed) {
        RandomTenant tenants = new RandomTenant(seed);
        ObjectKind kind = tenants.kind();
        JsonObject before = Canonicaliser.canonical(kind, tenants.properties(kind));
        JsonObject after = Canonicaliser.canonical(kind, tenants.properties(kind));

        List<PropertyChange> changes = ObjectDiffer.diff(kind, before, after);
        List<PropertyChange> back =
                changes.stream().map(PropertyChange::reversed).toList();

        assertThat(ObjectDiffer.apply(before, changes)).isEqualTo(after);
        assertThat(ObjectDiffer.apply(after, back)).isEqualTo(before);
        assertThat(changes).extracting(PropertyChange::path).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void thereIsADifferenceExactlyWhenTheHashesDiffer(long seed) {
        RandomTenant tenants = new RandomTenant(seed);
        ObjectKind kind = tenants.kind();
        JsonObject one = tenants.properties(kind);
        JsonObject other = seed % 2 == 0 ? tenants.properties(kind) : (JsonObject) tenants.shuffled(one);

        boolean same = ObjectDiffer.diff(kind, one, other).isEmpty();

        assertThat(same)
                .isEqualTo(Canonicaliser.hash(kind, one).equals(Canonicaliser.hash(kind, other)))
                .isEqualTo(Canonicaliser.canonical(kind, one).equals(Canonicaliser.canonical(kind, other)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};{\"department\":null}",
                "{};{\"department\":\"\"}",
                "{};{\"businessPhones\":[]}",
                "{\"department\":null};{\"department\":\"\"}",
                "{\"businessPhones\":null};{\"businessPhones\":[]}",
                "{\"department\":\"\"};{\"department\":[]}",
                "{\"businessPhones\":[\"a\",\"a\"]};{\"businessPhones\":[\"a\",\"b\"]}",
                "{\"businessPhones\":[\"a\",\"a\"]};{\"businessPhones\":[\"a\"]}",
                "{\"businessPhones\":[[]]};{\"businessPhones\":[]}",
                "{\"department\":\"1\"};{\"department\":1}",
                "{\"department\":\"true\"};{\"department\":true}",
                "{\"department\":\"null\"};{\"department\":null}",
                "{\"department\":\"a\"};{\"department\":\"A\"}",
                "{\"employeeOrgData\":{}};{\"employeeOrgData\":null}",
                "{\"employeeOrgData\":{}};{\"employeeOrgData\":{\"division\":null}}"
            })
    void theseAreDifferentThings(String one, String other) {
        JsonObject before = JsonText.parseObject(one);
        JsonObject after = JsonText.parseObject(other);

        assertThat(ObjectDiffer.diff(ObjectKind.USER, before, after)).hasSize(1);
        assertThat(Canonicaliser.hash(ObjectKind.USER, before))
                .isNotEqualTo(Canonicaliser.hash(ObjectKind.USER, after));
    }

    @Test
    void complexValuesAreComparedMemberByMember() {
        List<PropertyChange> changes = ObjectDiffer.diff(
                ObjectKind.USER,
                JsonText.parseObject(
                        "{\"onPremisesExtensionAttributes\":{\"extensionAttribute1\":\"a\",\"extensionAttribute2\":\"b\"}}"),
                JsonText.parseObject(
                        "{\"onPremisesExtensionAttributes\":{\"extensionAttribute1\":null,\"extensionAttribute2\":\"b\"}}"));

        assertThat(changes)
                .containsExactly(new PropertyChange(
                        "onPremisesExtensionAttributes/extensionAttribute1", new JsonString("a"), JsonNull.NULL));
        assertThat(changes.get(0).property()).isEqualTo("onPremisesExtensionAttributes");
    }

    @Test
    void slashesAndTildesInNamesDoNotConfusePaths() {
        List<PropertyChange> changes = ObjectDiffer.diff(
                ObjectKind.USER,
                JsonText.parseObject("{\"a/b\":{\"~\":1},\"a\":{\"b\":{\"~\":1}},\"\":{\"a\":1}}"),
                JsonText.parseObject("{\"a/b\":{\"~\":2},\"a\":{\"b\":{\"~\":1}},\"\":{\"a\":2}}"));

        assertThat(changes).extracting(PropertyChange::path).containsExactlyInAnyOrder("/a", "a~1b/~0");
        assertThat(changes).extracting(PropertyChange::property).containsExactlyInAnyOrder("", "a/b");
    }

    @Test
    void volatilePropertiesAndAnnotationsDoNotCount() {
        List<PropertyChange> changes = ObjectDiffer.diff(
                ObjectKind.USER,
                JsonText.parseObject("{\"signInSessionsValidFromDateTime\":\"a\",\"@odata.etag\":\"1\"}"),
                JsonText.parseObject("{\"signInSessionsValidFromDateTime\":\"b\",\"manager@odata.context\":\"2\"}"));

        assertThat(changes).isEmpty();
    }

    @Test
    void aChangeShowsItsPathAndNoValue() {
        assertThat(new PropertyChange("department", new JsonString("Sales"), null))
                .hasToString("department");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "user;            {};                          {'tomorrow':'green'};       0",
                "user;            {'tomorrow':'green'};        {};                         0",
                "user;            {'tomorrow':null};           {'tomorrow':'green'};       1",
                "user;            {'tomorrow':'green'};        {'tomorrow':null};          1",
                "user;            {};                          {'extension_a_b':'green'};  1",
                "user;            {};                          {'department':'green'};     1",
                "application;     {};                          {'tomorrow':'green'};       1"
            })
    void whatWasNotAskedForThenHasNotChanged(String kind, String before, String after, int changes) {
        assertThat(ObjectDiffer.diff(
                        ObjectKind.parse(kind),
                        JsonText.parseObject(before.replace('\'', '"')),
                        JsonText.parseObject(after.replace('\'', '"'))))
                .hasSize(changes);
    }
}
