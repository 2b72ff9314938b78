package io.tidemark.directory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

    @ParameterizedTest
    @EnumSource
    void everyKindIsDescribed(ObjectKind kind) {
        KindDescription description = Catalogue.of(kind);

        assertThat(description.kind()).isEqualTo(kind);
        assertThat(description.find(description.reach().key()))
                .map(Property::propertyClass)
                .hasValueSatisfying(way -> assertThat(way).isIn(PropertyClass.READ_ONLY, PropertyClass.CREATE_ONLY));
        assertThat(description.properties().keySet()).containsAll(description.select());
    }

    @ParameterizedTest
    @EnumSource
    void whatASecretIsCannotBeWrittenByPatch(ObjectKind kind) {
        assertThat(Catalogue.of(kind).properties().values())
                .filteredOn(property -> property.has(Trait.SECRET))
                .allMatch(property -> property.propertyClass() == PropertyClass.SPECIAL);
    }

    @ParameterizedTest
    @EnumSource
    void whatNobodyChangesIsNotWritten(ObjectKind kind) {
        assertThat(Catalogue.of(kind).properties().values())
                .filteredOn(property -> property.has(Trait.VOLATILE))
                .allMatch(property -> property.propertyClass() == PropertyClass.READ_ONLY);
    }

    @Test
    void objectsComeBackBeforeWhatRefersToThem() {
        List<ObjectKind> order =
                Catalogue.inRestoreOrder().stream().map(KindDescription::kind).toList();

        assertThat(order).containsExactlyInAnyOrder(ObjectKind.values());
        assertThat(order.indexOf(ObjectKind.APPLICATION)).isLessThan(order.indexOf(ObjectKind.SERVICE_PRINCIPAL));
        assertThat(order.indexOf(ObjectKind.NAMED_LOCATION))
                .isLessThan(order.indexOf(ObjectKind.CONDITIONAL_ACCESS_POLICY));
        assertThat(order.indexOf(ObjectKind.USER)).isLessThan(order.indexOf(ObjectKind.ROLE_ASSIGNMENT));
    }

    @Test
    void aDirectoryExtensionIsWritableAndAnUnknownPropertyIsLeftAlone() {
        KindDescription users = Catalogue.of(ObjectKind.USER);

        assertThat(users.classOf("extension_0f_costCenter")).isEqualTo(PropertyClass.WRITABLE);
        assertThat(users.classOf("madeUpTomorrow")).isEqualTo(PropertyClass.UNKNOWN);
        assertThat(users.classOf("department")).isEqualTo(PropertyClass.WRITABLE);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLeftOutIsNotDescribed(ObjectKind kind) {
        assertThat(Catalogue.of(kind).leftOut().keySet())
                .doesNotContainAnyElementsOf(Catalogue.of(kind).properties().keySet());
    }

    @ParameterizedTest
    @EnumSource
    void whatTheNativeServiceRecoversIsRecordedOrLeftOutForAReason(ObjectKind kind) {
        KindDescription description = Catalogue.of(kind);
        Set<String> known = new HashSet<>(description.properties().keySet());
        known.addAll(description.leftOut().keySet());

        assertThat(known).containsAll(description.nativeCoverage().properties());
    }

    @ParameterizedTest
    @EnumSource
    void everyLinkIsDescribed(LinkKind link) {
        assertThat(Catalogue.of(link).kind()).isEqualTo(link);
        assertThat(Catalogue.of(link.source()).links()).contains(link);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path users",
                "kind nobody",
                "kind user\n  colour blue",
                "kind user\n  writable a a",
                "kind user\n  path users\n  path users",
                "kind user\n  writable a | shiny",
                "kind user\n  link manager | delta",
                "kind user\n  left-out aboutMe"
            })
    void whatCannotBeUnderstoodIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> CatalogueReader.read("some.kinds", new BufferedReader(new StringReader(text))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("some\\.kinds, line \\d+: .+");
    }

    @ParameterizedTest
    @EnumSource
    void whatHangsOnAnotherKindSaysWhereInItsPath(ObjectKind kind) {
        KindDescription description = Catalogue.of(kind);

        assertThat((description.path() + description.reach().query()).contains("{parent}"))
                .isEqualTo(description.reading().isBelowAnother());
        description.reach().parent().ifPresent(parent -> {
            assertThat(Catalogue.of(parent).reading().isBelowAnother()).isFalse();
            assertThat(Catalogue.of(parent).restoreOrder()).isLessThan(description.restoreOrder());
            assertThat(Catalogue.below(parent)).contains(description);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMissingIsToldByItsLeastPermission(ObjectKind kind) {
        Access access = Catalogue.of(kind).access();
        List<String> least =
                access.read().stream().map(Access.Permission::least).toList();

        assertThat(access.missing(List.of())).isEqualTo(least);
        assertThat(access.missing(least)).isEmpty();
        access.read()
                .forEach(permission -> permission
                        .anyOf()
                        .forEach(one -> assertThat(access.missing(List.of(one))).doesNotContain(permission.least())));
    }

    @Test
    void aKindKnowsItsLinks() {
        assertThat(Catalogue.of(ObjectKind.GROUP).links())
                .containsExactly(LinkKind.GROUP_MEMBERS, LinkKind.GROUP_OWNERS, LinkKind.GROUP_LIFECYCLE_POLICIES);
        assertThat(Catalogue.of(ObjectKind.ROLE_ASSIGNMENT).links()).isEmpty();
    }
}
