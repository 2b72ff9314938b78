package io.tidemark.snapshot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.TenantId;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CoverageViewTest {

    private static final TenantId TENANT = new TenantId(new UUID(1, 2));

    @Test
    void whatAMissingPermissionHidesIsNamedWithTheLeastThatWouldShowIt() {
        CoverageView coverage = CoverageView.of(TENANT, Set.of("Directory.Read.All", "Policy.Read.All"));

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
        CoverageView coverage = CoverageView.of(TENANT, Set.of("Group.Read.All", "AdministrativeUnit.Read.All"));

        assertThat(coverage.permissionsToAsk()).contains("Member.Read.Hidden");
        assertThat(coverage.kinds())
                .flatExtracting(CoverageView.KindView::links)
                .filteredOn(link -> !link.missing().isEmpty())
                .extracting(CoverageView.LinkView::link)
                .containsExactlyInAnyOrder("group.members", "administrativeUnit.members");
    }

    @Test
    void withEveryPermissionNothingIsHidden() {
        Set<String> all = Set.copyOf(CoverageView.of(TENANT, Set.of("nothing")).permissionsToAsk());

        CoverageView coverage = CoverageView.of(TENANT, all);

        assertThat(all).isNotEmpty();
        assertThat(coverage.hidden()).isEmpty();
        assertThat(coverage.permissionsToAsk()).isEmpty();
    }

    @Test
    void aTokenThatSaysNothingHidesNothingAndSaysSo() {
        CoverageView coverage = CoverageView.of(TENANT, Set.of());

        assertThat(coverage.permissionsKnown()).isFalse();
        assertThat(coverage.hidden()).isEmpty();
    }

    @Test
    void whatWouldNotComeBackHasItsReason() {
        assertThat(CoverageView.of(TENANT, Set.of()).kinds()).allSatisfy(kind -> {
            switch (kind.restorable()) {
                case RESTORABLE -> assertThat(kind.notRestorableBecause()).isNull();
                case NOT_YET, NEVER -> assertThat(kind.notRestorableBecause()).isNotBlank();
            }
        });
    }
}
