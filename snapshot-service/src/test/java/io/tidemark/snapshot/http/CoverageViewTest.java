package io.tidemark.snapshot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.coverage.PropertyCoverage;
import io.tidemark.snapshot.capture.newer.NewerProperties;
import io.tidemark.snapshot.capture.newer.NewerProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CoverageViewTest {

    private static final TenantId TENANT = new TenantId(new UUID(1, 2));

    @Test
    void whatAMissingPermissionHidesIsNamedWithTheLeastThatWouldShowIt() {
        CoverageView coverage =
                CoverageView.of(TENANT, Set.of("Directory.Read.All", "Policy.Read.All"), NewerProperties.NONE);

        assertThat(coverage.kinds()).hasSize(ObjectKind.values().length);
        assertThat(coverage.hidden())
                .contains("userCustomSecurityAttributes", "deviceConfiguration", "roleEligibilitySchedule")
                .doesNotContain("user", "group", "application", "conditionalAccessPolicy");
        assertThat(coverage.permissionsToAsk())
                .contains("CustomSecAttributeAssignment.Read.All", "DeviceManagementConfiguration.Read.All")
                .doesNotContain("User.Read.All");
        assertThat(coverage.kinds())
                .filteredOn(kind -> kind.kind().equals("userCustomSecurityAttributes"))
                .singleElement()
                .satisfies(kind -> {
                    assertThat(kind.readable()).isFalse();
                    assertThat(kind.missing()).containsExactly("CustomSecAttributeAssignment.Read.All");
                });
    }

    @Test
    void aPermissionWithoutWhichMembersStayHiddenIsNamed() {
        CoverageView coverage =
                CoverageView.of(TENANT, Set.of("Group.Read.All", "AdministrativeUnit.Read.All"), NewerProperties.NONE);

        assertThat(coverage.permissionsToAsk()).contains("Member.Read.Hidden");
        assertThat(coverage.kinds())
                .flatExtracting(CoverageView.KindView::links)
                .filteredOn(link -> !link.missing().isEmpty())
                .extracting(CoverageView.LinkView::link)
                .containsExactlyInAnyOrder("group.members", "administrativeUnit.members");
    }

    @Test
    void withEveryPermissionNothingIsHidden() {
        Set<String> all = Set.copyOf(
                CoverageView.of(TENANT, Set.of("nothing"), NewerProperties.NONE).permissionsToAsk());

        CoverageView coverage = CoverageView.of(TENANT, all, NewerProperties.NONE);

        assertThat(all).isNotEmpty();
        assertThat(coverage.hidden()).isEmpty();
        assertThat(coverage.permissionsToAsk()).isEmpty();
    }

    @Test
    void aTokenThatSaysNothingHidesNothingAndSaysSo() {
        CoverageView coverage = CoverageView.of(TENANT, Set.of(), NewerProperties.NONE);

        assertThat(coverage.permissionsKnown()).isFalse();
        assertThat(coverage.hidden()).isEmpty();
    }

    @Test
    void relationsAreListedWithWhatTheyAreRecordedAsAndWhatHidesThat() {
        CoverageView coverage = CoverageView.of(TENANT, Set.of("Directory.Read.All"), NewerProperties.NONE);

        assertThat(coverage.kinds())
                .flatExtracting(CoverageView.KindView::relations)
                .isNotEmpty()
                .allSatisfy(relation -> {
                    boolean recorded = relation.recordedAs() != null;
                    assertThat(relation.notRecordedBecause() == null)
                            .as(relation.relation())
                            .isEqualTo(recorded);
                    assertThat(relation.missing().isEmpty() || recorded)
                            .as(relation.relation())
                            .isTrue();
                });
        for (CoverageView.KindView kind : coverage.kinds()) {
            assertThat(kind.relations())
                    .extracting(CoverageView.RelationView::relation)
                    .containsExactlyInAnyOrderElementsOf(
                            Catalogue.of(ObjectKind.parse(kind.kind())).beyond().keySet());
        }
        Set<String> hidden = Set.copyOf(coverage.hidden());
        assertThat(coverage.kinds())
                .flatExtracting(CoverageView.KindView::relations)
                .filteredOn(relation ->
                        ObjectKind.find(String.valueOf(relation.recordedAs())).isPresent())
                .isNotEmpty()
                .allSatisfy(relation -> assertThat(relation.missing().isEmpty())
                        .as(relation.relation())
                        .isEqualTo(!hidden.contains(relation.recordedAs())));
    }

    @Test
    void whatWouldNotComeBackHasItsReason() {
        assertThat(CoverageView.of(TENANT, Set.of(), NewerProperties.NONE).kinds())
                .allSatisfy(kind -> {
                    switch (kind.restorable()) {
                        case RESTORABLE ->
                            assertThat(kind.notRestorableBecause()).isNull();
                        case NOT_YET, NEVER ->
                            assertThat(kind.notRestorableBecause()).isNotBlank();
                    }
                });
    }

    @Test
    void propertiesNewerThanTheCatalogueAreShown() {
        NewerProperties newer = new NewerProperties(
                Instant.EPOCH,
                "",
                Map.of(
                        ObjectKind.USER,
                        List.of(
                                new NewerProperty("colourOfTheDesk", false, "", Instant.EPOCH),
                                new NewerProperty("shoeSizes", true, "NOT_IMPLEMENTED (501)", Instant.EPOCH),
                                new NewerProperty("department", false, "", Instant.EPOCH))));

        List<PropertyCoverage> users = CoverageView.of(TENANT, Set.of(), newer).kinds().stream()
                .filter(kind -> kind.kind().equals("user"))
                .findFirst()
                .orElseThrow()
                .properties();

        assertThat(users)
                .filteredOn(property -> property.name().equals("colourOfTheDesk"))
                .singleElement()
                .satisfies(property -> {
                    assertThat(property.captured() && property.compared() && property.personal())
                            .isTrue();
                    assertThat(property.restorable()).isFalse();
                    assertThat(property.remark()).contains("class unknown");
                });
        assertThat(users)
                .filteredOn(property -> property.name().equals("shoeSizes"))
                .singleElement()
                .satisfies(property -> {
                    assertThat(property.captured()).isFalse();
                    assertThat(property.remark()).contains("NOT_IMPLEMENTED (501)");
                });
        assertThat(users)
                .as("what a newer catalogue knows is shown once")
                .filteredOn(property -> property.name().equals("department"))
                .hasSize(1);
    }
}
