package io.tidemark.simulator.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.kind.Kinds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleEstateTest {

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "contoso-like"})
    void everyTenantHasPoliciesOfDevicesPackagesTermsAndReviews(String size) {
        var tenant = RecordedTenant.of(size, 3, Map.of("users", "60"));

        for (var collection : List.of(
                "deviceCompliancePolicies",
                "deviceConfigurations",
                "accessPackages",
                "accessPackageAssignmentPolicies",
                "agreements",
                "accessReviewDefinitions",
                "claimsMappingPolicies",
                "crossTenantPartners",
                "brandingLocalizations")) {
            assertThat(tenant.of(collection)).as(collection).isNotEmpty();
        }
        assertThat(tenant.links("deviceCompliancePolicies", "assignments")).hasSize(2);
        assertThat(tenant.links("accessPackages", "catalog")).hasSize(2);
    }

    @Test
    void largeTenantsHaveThemToo() {
        var tenant = RecordedTenant.of("large", 3, Map.of("users", "20100", "groups", "40", "applications", "20"));

        assertThat(tenant.of("accessPackages")).isNotEmpty();
        assertThat(tenant.of("attributeSets")).hasSize(2);
        assertThat(tenant.of("roleEligibilitySchedules")).isNotEmpty();
    }

    @Test
    void applicationsAreTiedToPoliciesAndCarrySecurityAttributes() {
        var tenant = RecordedTenant.of("tiny", 3, Map.of("users", "60"));

        assertThat(tenant.links("applications", "tokenIssuancePolicies")).hasSize(1);
        assertThat(tenant.links("servicePrincipals", "claimsMappingPolicies")).hasSize(1);
        assertThat(tenant.of("servicePrincipals").values())
                .anyMatch(principal -> principal
                        .at("/customSecurityAttributes/Marketing/AppCountry")
                        .isTextual());
    }

    @Test
    void theSimulatorTakesThemAll() {
        var config = SimulatorConfig.builder().tenantSeed(SampleTenants.of("tiny", 3, Map.of()));
        try (var simulator = GraphSimulator.start(config.build())) {
            for (var collection : List.of("accessPackages", "deviceConfigurations", "brandingLocalizations")) {
                assertThat(simulator.tenant().count(Kinds.all().get(collection)))
                        .as(collection)
                        .isPositive();
            }
        }
    }
}
