package io.tidemark.simulator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds every made-up object against Graph's own published schema. */
class SampleSchemaTest {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("users", "user"),
            Map.entry("groups", "group"),
            Map.entry("applications", "application"),
            Map.entry("servicePrincipals", "servicePrincipal"),
            Map.entry("conditionalAccessPolicies", "conditionalAccessPolicy"),
            Map.entry("namedLocations", "namedLocation"),
            Map.entry("authenticationStrengths", "authenticationStrengthPolicy"),
            Map.entry("authenticationContexts", "authenticationContextClassReference"),
            Map.entry("roleDefinitions", "unifiedRoleDefinition"),
            Map.entry("roleAssignments", "unifiedRoleAssignment"),
            Map.entry("directoryRoles", "directoryRole"),
            Map.entry("administrativeUnits", "administrativeUnit"),
            Map.entry("securityDefaults", "identitySecurityDefaultsEnforcementPolicy"),
            Map.entry("authorizationPolicy", "authorizationPolicy"),
            Map.entry("organization", "organization"),
            Map.entry("domains", "domain"),
            Map.entry("subscribedSkus", "subscribedSku"),
            Map.entry("groupSettings", "groupSetting"),
            Map.entry("groupLifecyclePolicies", "groupLifecyclePolicy"),
            Map.entry("roleEligibilitySchedules", "unifiedRoleEligibilitySchedule"),
            Map.entry("roleEligibilityScheduleInstances", "unifiedRoleEligibilityScheduleInstance"),
            Map.entry("attributeSets", "attributeSet"),
            Map.entry("customSecurityAttributeDefinitions", "customSecurityAttributeDefinition"),
            Map.entry("attributeAllowedValues", "allowedValue"),
            Map.entry("devices", "device"),
            Map.entry("bitlockerRecoveryKeys", "bitlockerRecoveryKey"),
            Map.entry("deviceLocalCredentials", "deviceLocalCredentialInfo"),
            Map.entry("passwordMethods", "passwordAuthenticationMethod"),
            Map.entry("phoneMethods", "phoneAuthenticationMethod"),
            Map.entry("emailMethods", "emailAuthenticationMethod"),
            Map.entry("fido2Methods", "fido2AuthenticationMethod"),
            Map.entry("microsoftAuthenticatorMethods", "microsoftAuthenticatorAuthenticationMethod"),
            Map.entry("windowsHelloForBusinessMethods", "windowsHelloForBusinessAuthenticationMethod"),
            Map.entry("appRoleAssignments", "appRoleAssignment"),
            Map.entry("oauth2PermissionGrants", "oAuth2PermissionGrant"),
            Map.entry("deviceCompliancePolicies", "deviceCompliancePolicy"),
            Map.entry("deviceCompliancePolicyAssignments", "deviceCompliancePolicyAssignment"),
            Map.entry("deviceComplianceScheduledActions", "deviceComplianceScheduledActionForRule"),
            Map.entry("deviceComplianceActionItems", "deviceComplianceActionItem"),
            Map.entry("deviceConfigurations", "deviceConfiguration"),
            Map.entry("deviceConfigurationAssignments", "deviceConfigurationAssignment"),
            Map.entry("deviceCategories", "deviceCategory"),
            Map.entry("accessPackageCatalogs", "accessPackageCatalog"),
            Map.entry("accessPackageResources", "accessPackageResource"),
            Map.entry("accessPackageResourceRoles", "accessPackageResourceRole"),
            Map.entry("accessPackageResourceScopes", "accessPackageResourceScope"),
            Map.entry("accessPackages", "accessPackage"),
            Map.entry("accessPackageAssignmentPolicies", "accessPackageAssignmentPolicy"),
            Map.entry("accessPackageSubjects", "accessPackageSubject"),
            Map.entry("accessPackageAssignments", "accessPackageAssignment"),
            Map.entry("connectedOrganizations", "connectedOrganization"),
            Map.entry("agreements", "agreement"),
            Map.entry("agreementFileLocalizations", "agreementFileLocalization"),
            Map.entry("accessReviewDefinitions", "accessReviewScheduleDefinition"),
            Map.entry("accessReviewInstances", "accessReviewInstance"),
            Map.entry("claimsMappingPolicies", "claimsMappingPolicy"),
            Map.entry("tokenLifetimePolicies", "tokenLifetimePolicy"),
            Map.entry("tokenIssuancePolicies", "tokenIssuancePolicy"),
            Map.entry("homeRealmDiscoveryPolicies", "homeRealmDiscoveryPolicy"),
            Map.entry("activityBasedTimeoutPolicies", "activityBasedTimeoutPolicy"),
            Map.entry("appManagementPolicies", "appManagementPolicy"),
            Map.entry("featureRolloutPolicies", "featureRolloutPolicy"),
            Map.entry("permissionGrantPolicies", "permissionGrantPolicy"),
            Map.entry("permissionGrantConditionSets", "permissionGrantConditionSet"),
            Map.entry("crossTenantPartners", "crossTenantAccessPolicyConfigurationPartner"),
            Map.entry("identityProviders", "identityProviderBase"),
            Map.entry("apiConnectors", "identityApiConnector"),
            Map.entry("riskyUsers", "riskyUser"),
            Map.entry("riskDetections", "riskDetection"),
            Map.entry("brandings", "organizationalBranding"),
            Map.entry("brandingLocalizations", "organizationalBrandingLocalization"));

    private PublishedSchema schema;

    @BeforeEach
    void readSchema() {
        var folder = System.getProperty("reference.data", "");
        var file = Path.of(folder, "graph-v1.0-metadata.xml");
        assumeThat(!folder.isBlank() && Files.exists(file))
                .as("reference.data names a folder with Graph's published schema")
                .isTrue();
        schema = PublishedSchema.read(file);
    }

    @Test
    void everyPropertyIsInTheSchemaWithItsType() {
        var tenant = RecordedTenant.of("contoso-like", 11, Map.of("users", "600"));
        List<String> faults = new ArrayList<>();

        tenant.objects.forEach((collection, objects) -> {
            var type = TYPES.get(collection);
            assertThat(type).as("the type of %s", collection).isNotNull();
            for (JsonNode object : objects.values()) {
                schema.check(type, object, collection, faults);
            }
        });

        assertThat(faults.stream().distinct().limit(30)).isEmpty();
    }

    @Test
    void everyRelationIsInTheSchema() {
        var tenant = RecordedTenant.of("contoso-like", 11, Map.of("users", "600"));

        assertThat(tenant.links.stream()
                        .map(link -> TYPES.get(link.collection()) + "." + link.relation())
                        // What hangs on a part of an object belongs to the part.
                        .map(name -> name.contains("/") ? name.replaceFirst("^.*\\.(\\w+)/", "$1.") : name)
                        .distinct())
                .allMatch(schema::hasNavigation);
    }
}
