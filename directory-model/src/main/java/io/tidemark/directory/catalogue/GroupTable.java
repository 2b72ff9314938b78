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

/** Groups of every sort. Exchange's own settings need one request per group and are not part of the list. */
final class GroupTable {

    private static final Table TABLE = new Table()
            .add(
                    READ_ONLY,
                    "id createdDateTime deletedDateTime mail securityIdentifier isManagementRestricted"
                            + " onPremisesDomainName onPremisesExtensionAttributes onPremisesNetBiosName"
                            + " onPremisesSamAccountName"
                            + " onPremisesSecurityIdentifier onPremisesSyncEnabled")
            .add(READ_ONLY, "expirationDateTime renewedDateTime onPremisesLastSyncDateTime", VOLATILE)
            .add(READ_ONLY, "proxyAddresses", COLLECTION, PERSONAL)
            .add(READ_ONLY, "onPremisesProvisioningErrors serviceProvisioningErrors", COLLECTION, VOLATILE)
            .add(CREATE_ONLY, "isAssignableToRole uniqueName")
            .add(CREATE_ONLY, "resourceBehaviorOptions resourceProvisioningOptions", COLLECTION)
            .add(SPECIAL, "assignedLicenses assignedLabels", COLLECTION)
            .add(READ_ONLY, "licenseProcessingState", VOLATILE)
            .add(WRITABLE, "displayName mailNickname mailEnabled securityEnabled", NOT_CLEARABLE)
            .add(WRITABLE, "groupTypes", COLLECTION)
            .add(
                    WRITABLE,
                    "classification description membershipRule membershipRuleProcessingState preferredDataLocation"
                            + " preferredLanguage theme visibility");

    static final KindDescription DESCRIPTION = new KindDescription(
            ObjectKind.GROUP,
            "groups",
            KindDescription.Reading.DELTA,
            TABLE.select(),
            TABLE.properties(),
            Optional.of("directory/deletedItems/microsoft.graph.group"),
            30,
            "Group.Read.All",
            "Group.ReadWrite.All");

    private GroupTable() {}
}
