package io.tidemark.directory.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.RandomTenant;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicaliserTest {

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfMembersAndSetsAndTheSpellingOfNumbersDoNotCount(long seed) {
        RandomTenant tenants = new RandomTenant(seed);
        ObjectKind kind = tenants.kind();
        JsonObject read = tenants.properties(kind);

        JsonObject again = (JsonObject) tenants.shuffled(read);

        assertThat(JsonText.text(Canonicaliser.canonical(kind, again)))
                .isEqualTo(JsonText.text(Canonicaliser.canonical(kind, read)));
        assertThat(Canonicaliser.hash(kind, again)).isEqualTo(Canonicaliser.hash(kind, read));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theCanonicalFormIsItsOwn(long seed) {
        RandomTenant tenants = new RandomTenant(seed);
        ObjectKind kind = tenants.kind();
        JsonObject once = Canonicaliser.canonical(kind, tenants.properties(kind));

        assertThat(JsonText.text(Canonicaliser.canonical(kind, once))).isEqualTo(JsonText.text(once));
        assertThat(Canonicaliser.canonical(kind, JsonText.parseObject(JsonText.text(once))))
                .isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theHashIsThatOfTheCanonicalFormAsText(long seed) {
        RandomTenant tenants = new RandomTenant(seed);
        ObjectKind kind = tenants.kind();
        JsonObject read = tenants.properties(kind);

        assertThat(new String(CanonicalText.of(Catalogue.of(kind), read).toBytes(), StandardCharsets.UTF_8))
                .isEqualTo(JsonText.text(Canonicaliser.canonical(kind, read)));
    }

    @Test
    void aNumberOfAbsurdSizeIsComparedWithoutWritingItsDigits() {
        JsonObject one = JsonText.parseObject("{\"department\":1e999999999}");
        JsonObject other = JsonText.parseObject("{\"department\":10e999999998}");

        assertThat(Canonicaliser.hash(ObjectKind.USER, one)).isEqualTo(Canonicaliser.hash(ObjectKind.USER, other));
    }

    @Test
    void aSetOfWordsInOneTextHasNoOrder() {
        String policy =
                "{\"conditions\":{\"users\":{\"includeGuestsOrExternalUsers\":{\"guestOrExternalUserTypes\":\"%s\"}}}}";

        assertThat(hash(policy.formatted("internalGuest,b2bCollaborationGuest")))
                .isEqualTo(hash(policy.formatted("b2bCollaborationGuest, internalGuest")));
        assertThat(hash(policy.formatted("internalGuest"))).isNotEqualTo(hash(policy.formatted("serviceProvider")));
    }

    @Test
    void aNamedLocationsTypeIsPartOfItAndAnotherKindsIsNot() {
        String typed = "{\"@odata.type\":\"#microsoft.graph.ipNamedLocation\"}";

        assertThat(Canonicaliser.canonical(ObjectKind.NAMED_LOCATION, JsonText.parseObject(typed))
                        .isEmpty())
                .isFalse();
        assertThat(Canonicaliser.canonical(ObjectKind.USER, JsonText.parseObject(typed))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void whatADeltaQueryLeavesOutIsUnset() {
        JsonObject completed = Canonicaliser.completed(
                ObjectKind.USER, JsonText.parseObject("{\"id\":\"u\",\"department\":\"Sales\",\"other\":1}"));

        assertThat(completed.names()).containsAll(Catalogue.of(ObjectKind.USER).select());
        assertThat(JsonText.text(completed))
                .contains("\"department\":\"Sales\"", "\"jobTitle\":null", "\"businessPhones\":[]", "\"other\":1");
    }

    @Test
    void aLinksHashIsThatOfItsKey() {
        Link one = Link.of(LinkKind.GROUP_MEMBERS, "g", "u");

        assertThat(Canonicaliser.hash(one)).isEqualTo(Canonicaliser.hash(Link.parse(one.key())));
        assertThat(Canonicaliser.hash(one)).isNotEqualTo(Canonicaliser.hash(Link.of(LinkKind.GROUP_OWNERS, "g", "u")));
    }

    private static ContentHash hash(String policy) {
        return Canonicaliser.hash(ObjectKind.CONDITIONAL_ACCESS_POLICY, JsonText.parseObject(policy));
    }

    @Test
    void theWordsOfAGrantAreASet() {
        assertThat(hash(ObjectKind.OAUTH2_PERMISSION_GRANT, "{\"scope\":\"User.Read  Mail.Send \"}"))
                .isEqualTo(hash(ObjectKind.OAUTH2_PERMISSION_GRANT, "{\"scope\":\"Mail.Send User.Read\"}"))
                .isNotEqualTo(hash(ObjectKind.OAUTH2_PERMISSION_GRANT, "{\"scope\":\"Mail.Send\"}"));
    }

    @Test
    void whatIsNoiseInsideAValueIsNotCompared() {
        assertThat(hash(ObjectKind.ACCESS_PACKAGE, "{\"catalog\":{\"id\":\"c\",\"modifiedDateTime\":\"1\"}}"))
                .isEqualTo(hash(ObjectKind.ACCESS_PACKAGE, "{\"catalog\":{\"id\":\"c\",\"modifiedDateTime\":\"2\"}}"))
                .isNotEqualTo(hash(ObjectKind.ACCESS_PACKAGE, "{\"catalog\":{\"id\":\"d\"}}"));
    }

    private static ContentHash hash(ObjectKind kind, String json) {
        return Canonicaliser.hash(kind, JsonText.parseObject(json));
    }
}
