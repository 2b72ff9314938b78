package io.tidemark.directory;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The kinds of objects that a tenant is made of. The word is Graph's own type name, or close to it, and is
 * what messages and stores carry.
 */
public enum ObjectKind {
    // Identities
    USER("user"),
    GROUP("group"),
    ADMINISTRATIVE_UNIT("administrativeUnit"),
    SCOPED_ROLE_MEMBERSHIP("scopedRoleMembership"),
    DEVICE("device"),
    USER_REGISTRATION_DETAILS("userRegistrationDetails"),
    AUTHENTICATION_METHOD("authenticationMethod"),
    USER_CUSTOM_SECURITY_ATTRIBUTES("userCustomSecurityAttributes"),
    USER_LIFECYCLE_INFO("userLifecycleInfo"),
    GROUP_SETTING("groupSetting"),
    GROUP_LIFECYCLE_POLICY("groupLifecyclePolicy"),
    SINGLE_GROUP_SETTING("singleGroupSetting"),
    USER_EXTENSIONS("userExtensions"),
    GROUP_EXTENSIONS("groupExtensions"),
    ADMINISTRATIVE_UNIT_EXTENSIONS("administrativeUnitExtensions"),
    DEVICE_EXTENSIONS("deviceExtensions"),
    // Applications
    APPLICATION("application"),
    FEDERATED_IDENTITY_CREDENTIAL("federatedIdentityCredential"),
    EXTENSION_PROPERTY("extensionProperty"),
    SCHEMA_EXTENSION("schemaExtension"),
    SERVICE_PRINCIPAL("servicePrincipal"),
    SERVICE_PRINCIPAL_CUSTOM_SECURITY_ATTRIBUTES("servicePrincipalCustomSecurityAttributes"),
    APP_ROLE_ASSIGNMENT("appRoleAssignment"),
    OAUTH2_PERMISSION_GRANT("oAuth2PermissionGrant"),
    DELEGATED_PERMISSION_CLASSIFICATION("delegatedPermissionClassification"),
    CLAIMS_MAPPING_POLICY("claimsMappingPolicy"),
    TOKEN_ISSUANCE_POLICY("tokenIssuancePolicy"),
    TOKEN_LIFETIME_POLICY("tokenLifetimePolicy"),
    HOME_REALM_DISCOVERY_POLICY("homeRealmDiscoveryPolicy"),
    ACTIVITY_BASED_TIMEOUT_POLICY("activityBasedTimeoutPolicy"),
    APP_MANAGEMENT_POLICY("appManagementPolicy"),
    DEFAULT_APP_MANAGEMENT_POLICY("defaultAppManagementPolicy"),
    PERMISSION_GRANT_POLICY("permissionGrantPolicy"),
    // Access
    NAMED_LOCATION("namedLocation"),
    CONDITIONAL_ACCESS_POLICY("conditionalAccessPolicy"),
    AUTHENTICATION_CONTEXT_CLASS_REFERENCE("authenticationContextClassReference"),
    AUTHENTICATION_STRENGTH_POLICY("authenticationStrengthPolicy"),
    AGREEMENT("agreement"),
    AUTHORIZATION_POLICY("authorizationPolicy"),
    AUTHENTICATION_METHODS_POLICY("authenticationMethodsPolicy"),
    IDENTITY_SECURITY_DEFAULTS_ENFORCEMENT_POLICY("identitySecurityDefaultsEnforcementPolicy"),
    ADMIN_CONSENT_REQUEST_POLICY("adminConsentRequestPolicy"),
    CROSS_TENANT_ACCESS_POLICY("crossTenantAccessPolicy"),
    CROSS_TENANT_ACCESS_POLICY_CONFIGURATION_DEFAULT("crossTenantAccessPolicyConfigurationDefault"),
    CROSS_TENANT_ACCESS_POLICY_CONFIGURATION_PARTNER("crossTenantAccessPolicyConfigurationPartner"),
    CROSS_TENANT_IDENTITY_SYNC_POLICY_PARTNER("crossTenantIdentitySyncPolicyPartner"),
    AUTHENTICATION_FLOWS_POLICY("authenticationFlowsPolicy"),
    DEVICE_REGISTRATION_POLICY("deviceRegistrationPolicy"),
    IDENTITY_PROVIDER("identityProvider"),
    // Roles
    ROLE_DEFINITION("roleDefinition"),
    DIRECTORY_ROLE("directoryRole"),
    ROLE_ASSIGNMENT("roleAssignment"),
    ROLE_ELIGIBILITY_SCHEDULE("roleEligibilitySchedule"),
    ROLE_ASSIGNMENT_SCHEDULE("roleAssignmentSchedule"),
    ROLE_MANAGEMENT_POLICY("roleManagementPolicy"),
    ROLE_MANAGEMENT_POLICY_ASSIGNMENT("roleManagementPolicyAssignment"),
    PRIVILEGED_ACCESS_GROUP_ELIGIBILITY_SCHEDULE("privilegedAccessGroupEligibilitySchedule"),
    PRIVILEGED_ACCESS_GROUP_ASSIGNMENT_SCHEDULE("privilegedAccessGroupAssignmentSchedule"),
    GROUP_ROLE_MANAGEMENT_POLICY("groupRoleManagementPolicy"),
    GROUP_ROLE_MANAGEMENT_POLICY_ASSIGNMENT("groupRoleManagementPolicyAssignment"),
    // Organization
    ORGANIZATION("organization"),
    ORGANIZATION_EXTENSIONS("organizationExtensions"),
    ORGANIZATIONAL_BRANDING_LOCALIZATION("organizationalBrandingLocalization"),
    ORGANIZATIONAL_BRANDING_STREAM("organizationalBrandingStream"),
    DOMAIN("domain"),
    INTERNAL_DOMAIN_FEDERATION("internalDomainFederation"),
    SUBSCRIBED_SKU("subscribedSku"),
    ATTRIBUTE_SET("attributeSet"),
    CUSTOM_SECURITY_ATTRIBUTE_DEFINITION("customSecurityAttributeDefinition"),
    ALLOWED_VALUE("allowedValue"),
    CERTIFICATE_BASED_AUTH_CONFIGURATION("certificateBasedAuthConfiguration"),
    // Devices
    DEVICE_COMPLIANCE_POLICY("deviceCompliancePolicy"),
    DEVICE_COMPLIANCE_POLICY_ASSIGNMENT("deviceCompliancePolicyAssignment"),
    DEVICE_CONFIGURATION("deviceConfiguration"),
    DEVICE_CONFIGURATION_ASSIGNMENT("deviceConfigurationAssignment"),
    // Governance
    ACCESS_PACKAGE_CATALOG("accessPackageCatalog"),
    ACCESS_PACKAGE_RESOURCE("accessPackageResource"),
    ACCESS_PACKAGE("accessPackage"),
    ACCESS_PACKAGE_ASSIGNMENT_POLICY("accessPackageAssignmentPolicy"),
    ACCESS_PACKAGE_ASSIGNMENT("accessPackageAssignment"),
    CONNECTED_ORGANIZATION("connectedOrganization"),
    ENTITLEMENT_MANAGEMENT_SETTINGS("entitlementManagementSettings"),
    ACCESS_REVIEW_SCHEDULE_DEFINITION("accessReviewScheduleDefinition");

    private static final Map<String, ObjectKind> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ObjectKind::word, kind -> kind));

    private final String word;

    ObjectKind(String word) {
        this.word = word;
    }

    /** The type name in messages, stores and addresses, such as {@code servicePrincipal}. */
    public String word() {
        return word;
    }

    /**
     * Reads a kind from its word.
     *
     * @throws IllegalArgumentException if no kind has that word
     */
    public static ObjectKind parse(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException("no kind is called '" + word + "'"));
    }

    /** The kind with that word; empty if there is none. */
    public static Optional<ObjectKind> find(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
