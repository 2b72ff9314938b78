package io.tidemark.directory.catalogue;

import static io.tidemark.directory.catalogue.PropertyClass.CREATE_ONLY;
import static io.tidemark.directory.catalogue.PropertyClass.READ_ONLY;
import static io.tidemark.directory.catalogue.PropertyClass.SPECIAL;
import static io.tidemark.directory.catalogue.PropertyClass.WRITABLE;
import static io.tidemark.directory.catalogue.Trait.COLLECTION;
import static io.tidemark.directory.catalogue.Trait.NOT_CLEARABLE;
import static io.tidemark.directory.catalogue.Trait.PERSONAL;
import static io.tidemark.directory.catalogue.Trait.VOLATILE;

import io.tidemark.directory.ObjectKind;
import java.util.Optional;

/** Users. Profile properties kept outside the directory (aboutMe, skills …) fail a list when selected and are not asked for. */
final class UserTable {

    private static final Table TABLE = new Table()
            .add(READ_ONLY, "id createdDateTime creationType deletedDateTime securityIdentifier")
            .add(
                    READ_ONLY,
                    "externalUserState externalUserStateChangeDateTime legalAgeGroupClassification isManagementRestricted")
            .add(READ_ONLY, "imAddresses proxyAddresses", COLLECTION, PERSONAL)
            .add(READ_ONLY, "lastPasswordChangeDateTime signInSessionsValidFromDateTime", VOLATILE)
            .add(
                    READ_ONLY,
                    "onPremisesDistinguishedName onPremisesDomainName onPremisesSamAccountName"
                            + " onPremisesSecurityIdentifier onPremisesUserPrincipalName",
                    PERSONAL)
            .add(READ_ONLY, "onPremisesSyncEnabled")
            .add(READ_ONLY, "onPremisesLastSyncDateTime", VOLATILE)
            .add(
                    READ_ONLY,
                    "onPremisesProvisioningErrors serviceProvisioningErrors licenseAssignmentStates",
                    COLLECTION,
                    VOLATILE)
            .add(READ_ONLY, "assignedPlans provisionedPlans", COLLECTION, VOLATILE)
            .add(CREATE_ONLY, "onPremisesImmutableId", PERSONAL)
            .add(SPECIAL, "assignedLicenses", COLLECTION)
            .add(READ_ONLY, "identities", COLLECTION, PERSONAL)
            .add(WRITABLE, "accountEnabled", NOT_CLEARABLE)
            .add(WRITABLE, "displayName mailNickname userPrincipalName", PERSONAL, NOT_CLEARABLE)
            .add(WRITABLE, "usageLocation mail", PERSONAL, NOT_CLEARABLE)
            .add(WRITABLE, "userType")
            .add(WRITABLE, "businessPhones otherMails", COLLECTION, PERSONAL)
            .add(
                    WRITABLE,
                    "ageGroup city companyName consentProvidedForMinor country department employeeHireDate employeeId"
                            + " employeeOrgData employeeType faxNumber givenName jobTitle mobilePhone officeLocation"
                            + " onPremisesExtensionAttributes passwordPolicies postalCode preferredDataLocation"
                            + " preferredLanguage showInAddressList state streetAddress surname",
                    PERSONAL);

    static final KindDescription DESCRIPTION = new KindDescription(
            ObjectKind.USER,
            "users",
            KindDescription.Reading.DELTA,
            TABLE.select(),
            TABLE.properties(),
            Optional.of("directory/deletedItems/microsoft.graph.user"),
            20,
            "User.Read.All",
            "User.ReadWrite.All");

    private UserTable() {}
}
