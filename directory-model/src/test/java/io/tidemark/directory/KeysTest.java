package io.tidemark.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.directory.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    @ParameterizedTest
    @EnumSource
    void aKindIsReadFromItsWord(ObjectKind kind) {
        assertThat(ObjectKind.parse(kind.word())).isEqualTo(kind);
        assertThat(ObjectRef.of(kind, "x").key().isLink()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aLinkIsReadFromItsKey(LinkKind kind) {
        Link link = Link.of(kind, "lAPpYvVpN0KRkAEhdxReEJC2sEqbR_9Hr48lds9SGHI-1", "b");

        assertThat(LinkKind.parse(kind.word())).isEqualTo(kind);
        assertThat(Link.parse(link.key())).isEqualTo(link);
        assertThat(Link.parse(StateKey.parse(link.key().text()))).isEqualTo(link);
        assertThat(link.key().isLink()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a|b", "~a", "a~", "a~b~c", "a/b", "a b", "a\nb"})
    void whatNoGraphIdLooksLikeIsRefused(String id) {
        assertThatThrownBy(() -> new ObjectId(id)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ObjectId.find(id)).isEmpty();
        assertThat(ObjectId.find("a")).contains(new ObjectId("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "Two words", "a|b", "a~b", "a/b", "100%", "Käse", "\uD83D\uDE00\n"})
    void whatHangsOnAnotherObjectIsNamedByBoth(String own) {
        ObjectId parent = new ObjectId("p");

        ObjectId child = ObjectId.child(parent, own);

        assertThat(child.parent()).contains(parent);
        assertThat(URLDecoder.decode(child.value().replace("+", "%2B"), StandardCharsets.UTF_8))
                .isEqualTo("p~" + own);
        assertThat(parent.parent()).isEmpty();
    }

    @Test
    void aLinkDoesNotEndAtWhatHangsOnAnotherObject() {
        assertThatThrownBy(() -> Link.of(LinkKind.GROUP_MEMBERS, "a", "b~c"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1-1-1-1-1", "9f1b6f2e3c0d4a558b1e2f6d0c7a1e10", "9f1b6f2e-3c0d-4a55-8b1e-2f6d0c7a1e1g"})
    void whatIsNoGuidIsNoTenant(String id) {
        assertThatThrownBy(() -> TenantId.parse(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tenant id is not a GUID");
    }

    @Test
    void aTenantIsTheSameInAnySpelling() {
        assertThat(TenantId.parse("9F1B6F2E-3C0D-4A55-8B1E-2F6D0C7A1E10"))
                .isEqualTo(TenantId.parse("9f1b6f2e-3c0d-4a55-8b1e-2f6d0c7a1e10"));
    }

    @Test
    void keysComeInOrderOfTypeAndId() {
        assertThat(new StateKey("group", "z")).isLessThan(new StateKey("group.members", "a~b"));
        assertThat(new StateKey("user", "a")).isLessThan(new StateKey("user", "b"));
    }

    @Test
    void anObjectIsNamedWithoutItsProperties() {
        DirectoryObject object = new DirectoryObject(ObjectRef.of(ObjectKind.USER, "u"), new JsonObject(Map.of()));

        assertThat(object).hasToString("user/u");
    }
}
