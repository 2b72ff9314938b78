package io.tidemark.graph.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TariffTest {

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            users 2
            users?$select=id 1
            users?%24select=id&$top=999 1
            users?$top=5 1
            users?$select=id&$expand=manager 2
            users/1 1
            users/1/memberOf 2
            users/1/manager 1
            users/delta?$select=id 1
            groups 1
            groups/1/members 3
            groups/1/members?$select=id&$top=999 2
            groups/1/transitiveMembers 5
            applications 2
            applications/1/extensionProperties 2
            servicePrincipals/1/appRoleAssignments 2
            servicePrincipals/1/appRoleAssignedTo 1
            oauth2PermissionGrants/1 2
            subscribedSkus 3
            domains/contoso.com/domainNameReferences 4
            roleManagement/directory/roleAssignments 1
            identity/conditionalAccess/authenticationContextClassReferences 1
            identity/conditionalAccess/authenticationStrength/policies/1 1
            """)
    void aReadCostsWhatGraphPublishes(String address, int units) {
        assertThat(Tariff.charges("GET", address)).containsExactly(new Charge(Lane.READ, units));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            directoryObjects/getByIds 5
            directoryObjects/microsoft.graph.getByIds 5
            directoryObjects/getByIds?$select=id 2
            users/1/checkMemberGroups 4
            users/1/getMemberObjects 2
            """)
    void aPostThatOnlyAsksIsNoWrite(String address, int units) {
        assertThat(Tariff.charges("POST", address)).containsExactly(new Charge(Lane.READ, units));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "PUT", "DELETE"})
    void aChangeCostsAUnitAndAWrite(String method) {
        assertThat(Tariff.charges(method, "groups/1/members/$ref"))
                .isEqualTo(List.of(new Charge(Lane.READ, 1), new Charge(Lane.WRITE, 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,identity/conditionalAccess/policies,CONDITIONAL_ACCESS",
        "PATCH,identity/conditionalAccess/namedLocations/1,CONDITIONAL_ACCESS",
        "POST,identity/conditionalAccess/deletedItems/policies/1/restore,CONDITIONAL_ACCESS",
        "GET,identityProtection/riskyUsers,CONDITIONAL_ACCESS",
        "GET,auditLogs/directoryAudits?$top=999,REPORTS",
        "GET,reports/x,REPORTS"
    })
    void otherServicesHaveLanesOfTheirOwn(String method, String address, Lane lane) {
        assertThat(Tariff.charges(method, address)).containsExactly(new Charge(lane, 1));
    }

    @Test
    void aBatchCostsWhatIsInIt() {
        assertThat(Tariff.charges("POST", "$batch")).isEmpty();
    }
}
