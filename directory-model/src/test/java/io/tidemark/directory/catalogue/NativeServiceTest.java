package io.tidemark.directory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What Microsoft's pages say that Entra Backup and Recovery recovers, and what of the same types it does not, each by Graph's name. */
class NativeServiceTest {

    @ParameterizedTest
    @CsvSource({
        "user, accountEnabled ageGroup city companyName consentProvidedForMinor country department displayName"
                + " employeeHireDate employeeId employeeLeaveDateTime employeeOrgData employeeType faxNumber givenName"
                + " jobTitle mail mailNickname mobilePhone otherMails passwordPolicies officeLocation postalCode"
                + " preferredDataLocation preferredLanguage state streetAddress surname businessPhones usageLocation"
                + " userPrincipalName userType",
        "userLifecycleInfo, employeeLeaveDateTime",
        "group, classification description displayName groupTypes visibility mail mailEnabled mailNickname"
                + " preferredDataLocation preferredLanguage securityEnabled theme",
        "authorizationPolicy, blockMsolPowerShell guestUserRoleId",
        "authenticationMethodsPolicy, authenticationMethodConfigurations",
        "application, displayName description notes tags identifierUris createdDateTime publicClient publisherDomain"
                + " isDeviceOnlyAuthSupported serviceManagementReference requiredResourceAccess"
                + " nativeAuthenticationApisEnabled signInAudience groupMembershipClaims optionalClaims isDisabled addIns"
                + " servicePrincipalLockConfiguration info",
        "servicePrincipal, accountEnabled alternativeNames appRoleAssignmentRequired description loginUrl notes"
                + " notificationEmailAddresses preferredTokenSigningKeyThumbprint tags servicePrincipalType"
                + " preferredSingleSignOnMode publisherName samlSingleSignOnSettings servicePrincipalNames"
    })
    void whatItRecoversIsNamedSoAndNothingElse(String kind, String properties) {
        NativeCoverage coverage = Catalogue.of(ObjectKind.parse(kind)).nativeCoverage();

        assertThat(coverage.all()).isFalse();
        assertThat(coverage.properties()).containsExactlyInAnyOrderElementsOf(words(properties));
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheseAreRecoveredWholeAndOnlyTheseAreKnownAtAll(ObjectKind kind) {
        Set<ObjectKind> whole = Set.of(
                ObjectKind.CONDITIONAL_ACCESS_POLICY,
                ObjectKind.NAMED_LOCATION,
                ObjectKind.APP_ROLE_ASSIGNMENT,
                ObjectKind.OAUTH2_PERMISSION_GRANT);
        Set<ObjectKind> told = Set.of(ObjectKind.ORGANIZATION, ObjectKind.AUTHENTICATION_STRENGTH_POLICY);
        Set<String> listed = Set.of(
                "user",
                "userLifecycleInfo",
                "group",
                "authorizationPolicy",
                "authenticationMethodsPolicy",
                "application",
                "servicePrincipal");
        NativeCoverage coverage = Catalogue.of(kind).nativeCoverage();

        assertThat(coverage.all()).isEqualTo(whole.contains(kind));
        assertThat(coverage.any())
                .isEqualTo(whole.contains(kind) || told.contains(kind) || listed.contains(kind.word()));
    }

    @ParameterizedTest
    @EnumSource
    void membersAreTheOnlyLinksItRecovers(LinkKind link) {
        assertThat(Catalogue.of(link).nativelyRecovered()).isEqualTo(link == LinkKind.GROUP_MEMBERS);
    }

    @ParameterizedTest
    @CsvSource({
        "user, manager sponsors onPremisesExtensionAttributes extensions customSecurityAttributes assignedLicenses identities"
                + " proxyAddresses showInAddressList photo aboutMe skills authentication memberOf scopedRoleMemberOf"
                + " oauth2PermissionGrants",
        "group, owners membershipRule membershipRuleProcessingState assignedLicenses assignedLabels settings"
                + " groupLifecyclePolicies extensions acceptedSenders rejectedSenders hideFromAddressLists"
                + " hideFromOutlookClients allowExternalSenders autoSubscribeNewMembers photo appRoleAssignments"
                + " eligibilitySchedules assignmentSchedules",
        "application, web spa appRoles api isFallbackPublicClient keyCredentials passwordCredentials"
                + " federatedIdentityCredentials extensionProperties owners logo tokenEncryptionKeyId"
                + " requestSignatureVerification parentalControlSettings verifiedPublisher tokenLifetimePolicies"
                + " tokenIssuancePolicies homeRealmDiscoveryPolicies appManagementPolicies synchronization",
        "servicePrincipal, displayName homepage replyUrls logoutUrl appRoles oauth2PermissionScopes keyCredentials"
                + " passwordCredentials federatedIdentityCredentials owners tokenEncryptionKeyId claimsMappingPolicies"
                + " homeRealmDiscoveryPolicies tokenIssuancePolicies tokenLifetimePolicies"
                + " delegatedPermissionClassifications synchronization customSecurityAttributes memberOf",
        "authorizationPolicy, allowInvitesFrom defaultUserRolePermissions allowedToUseSSPR"
                + " allowEmailVerifiedUsersToJoinOrganization allowedToSignUpEmailBasedSubscriptions"
                + " allowUserConsentForRiskyApps",
        "authenticationMethodsPolicy, registrationEnforcement policyMigrationState policyVersion"
    })
    void whatItLeavesOutOfTheSameTypesIsRecordedOrLeftOutForAReason(String kind, String names) {
        KindDescription description = Catalogue.of(ObjectKind.parse(kind));
        Set<String> known = new TreeSet<>(description.properties().keySet());
        known.addAll(description.leftOut().keySet());
        known.addAll(description.beyond().keySet());
        description.links().forEach(link -> known.add(link.relation()));
        Catalogue.below(description.kind())
                .forEach(below -> known.add(below.reach().relation()));

        assertThat(known).containsAll(words(names));
        assertThat(words(names)).noneMatch(description.nativeCoverage()::covers);
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split(" +"));
    }
}
