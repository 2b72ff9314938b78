package io.tidemark.simulator.tenant;

import java.util.Map;

/** The rules by the name that a table gives. */
final class Rules {

    private static final Map<String, KindRules> BY_NAME = Map.ofEntries(
            Map.entry("plain", new KindRules() {}),
            Map.entry("child", new KindRules() {}),
            Map.entry("user", new UserRules()),
            Map.entry("group", new GroupRules()),
            Map.entry("application", new ApplicationRules()),
            Map.entry("federatedCredential", new FederatedCredentialRules()),
            Map.entry("extension", new ExtensionPropertyRules()),
            Map.entry("servicePrincipal", new ServicePrincipalRules()),
            Map.entry("appRoleAssignment", new AppRoleAssignmentRules()),
            Map.entry("grant", new PermissionGrantRules()),
            Map.entry("conditionalAccessPolicy", new ConditionalAccessRules()),
            Map.entry("namedLocation", new NamedLocationRules()),
            Map.entry("strength", new AuthenticationStrengthRules()),
            Map.entry("roleDefinition", new RoleDefinitionRules()),
            Map.entry("roleAssignment", new RoleAssignmentRules()),
            Map.entry("authenticationMethod", new AuthenticationMethodRules()),
            Map.entry("openExtension", new ExtensionRules()),
            Map.entry("schemaExtension", new ExtensionRules.Definitions()),
            Map.entry("attributeSet", new SecurityAttributeRules.Sets()),
            Map.entry("attributeDefinition", new SecurityAttributeRules()),
            Map.entry("allowedValue", new SecurityAttributeRules.Values()),
            Map.entry("scopedRoleMembership", new ScopedRoleRules()),
            Map.entry("scheduleRequest", new ScheduleRequestRules(Schedules.Subject.ROLE)),
            Map.entry("groupScheduleRequest", new ScheduleRequestRules(Schedules.Subject.GROUP)),
            Map.entry("roleManagementPolicy", new RolePolicyRules()),
            Map.entry("roleManagementPolicyRule", new RolePolicyRules.Rule()),
            Map.entry("permissionClassification", new PermissionClassificationRules()),
            Map.entry("invitation", new InvitationRules()),
            Map.entry("groupSetting", new GroupSettingRules()),
            Map.entry("lifecyclePolicy", new LifecyclePolicyRules()),
            Map.entry("administrativeUnit", new AdministrativeUnitRules()),
            Map.entry("device", new DeviceRules()),
            Map.entry("directoryRole", new DirectoryRoleRules()),
            Map.entry("securityDefaults", new SecurityDefaultsRules()),
            Map.entry("authorizationPolicy", new AuthorizationPolicyRules()),
            Map.entry("methodConfiguration", new MethodConfigurationRules()),
            Map.entry("permissionGrantPolicy", new PermissionGrantPolicyRules()),
            Map.entry("permissionGrantConditionSet", new PermissionGrantConditionSetRules()),
            Map.entry("crossTenantDefault", new CrossTenantDefaultRules()),
            Map.entry("crossTenantPartner", new CrossTenantPartnerRules()),
            Map.entry("identitySynchronization", new IdentitySynchronizationRules()),
            Map.entry("authenticationContext", new AuthenticationContextRules()),
            Map.entry("branding", new BrandingRules()),
            Map.entry("domain", new DomainRules()),
            Map.entry("federation", new FederationRules()),
            Map.entry("agreement", new AgreementRules()),
            Map.entry("catalog", new CatalogRules()),
            Map.entry("accessPackage", new AccessPackageRules()),
            Map.entry("assignmentPolicy", new AssignmentPolicyRules()),
            Map.entry("assignmentRequest", new AssignmentRequestRules()),
            Map.entry("resourceRequest", new ResourceRequestRules()),
            Map.entry("compliancePolicy", new CompliancePolicyRules()),
            Map.entry("deviceConfiguration", new DeviceConfigurationRules()),
            Map.entry("identityProvider", new NamedIdRules("identityProviderType", "", "-OAUTH")),
            Map.entry("oldIdentityProvider", new NamedIdRules("type", "", "-OAUTH")),
            Map.entry("userFlow", new NamedIdRules("id", "B2X_1_", "")),
            Map.entry("apiConnector", new ApiConnectorRules()),
            Map.entry("userAttributeAssignment", new UserAttributeAssignmentRules()),
            Map.entry("subscription", new SubscriptionRules()),
            Map.entry("synchronizationJob", new SynchronizationRules()),
            Map.entry("approvalStage", new ApprovalRules()),
            Map.entry("targetDeviceGroup", new TargetDeviceGroupRules()),
            Map.entry("recoveryJob", new RecoveryJobRules()),
            Map.entry("accessReview", new AccessReviewRules()),
            Map.entry("accessReviewDecision", new ReviewDecisions()),
            Map.entry("accessReviewHistory", new AccessReviewHistoryRules()));

    private Rules() {}

    static KindRules of(Kind kind) {
        KindRules rules = BY_NAME.get(kind.rules());
        if (rules == null) {
            throw new IllegalStateException("the table of " + kind + " names unknown rules " + kind.rules());
        }
        return rules;
    }
}
