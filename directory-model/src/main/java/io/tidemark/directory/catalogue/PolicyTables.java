package io.tidemark.directory.catalogue;

import static io.tidemark.directory.catalogue.PropertyClass.CREATE_ONLY;
import static io.tidemark.directory.catalogue.PropertyClass.READ_ONLY;
import static io.tidemark.directory.catalogue.PropertyClass.WRITABLE;
import static io.tidemark.directory.catalogue.Trait.COLLECTION;
import static io.tidemark.directory.catalogue.Trait.COMMA_SET;
import static io.tidemark.directory.catalogue.Trait.NOT_CLEARABLE;
import static io.tidemark.directory.catalogue.Trait.VOLATILE;

import io.tidemark.directory.ObjectKind;
import java.util.List;
import java.util.Optional;

/** Conditional Access policies, named locations and role assignments. */
final class PolicyTables {

    static final KindDescription NAMED_LOCATION = new KindDescription(
            ObjectKind.NAMED_LOCATION,
            "identity/conditionalAccess/namedLocations",
            KindDescription.Reading.LIST,
            List.of(),
            new Table()
                    .add(READ_ONLY, "id createdDateTime deletedDateTime")
                    .add(READ_ONLY, "modifiedDateTime", VOLATILE)
                    .add(CREATE_ONLY, "@odata.type")
                    .add(WRITABLE, "displayName isTrusted", NOT_CLEARABLE)
                    .add(WRITABLE, "ipRanges countriesAndRegions", COLLECTION)
                    .add(WRITABLE, "countryLookupMethod includeUnknownCountriesAndRegions")
                    .properties(),
            Optional.of("identity/conditionalAccess/deletedItems/namedLocations"),
            10,
            "Policy.Read.All",
            "Policy.ReadWrite.ConditionalAccess");

    static final KindDescription CONDITIONAL_ACCESS_POLICY = new KindDescription(
            ObjectKind.CONDITIONAL_ACCESS_POLICY,
            "identity/conditionalAccess/policies",
            KindDescription.Reading.LIST,
            List.of(),
            new Table()
                    .add(READ_ONLY, "id createdDateTime deletedDateTime description templateId")
                    .add(READ_ONLY, "modifiedDateTime", VOLATILE)
                    .add(WRITABLE, "displayName state conditions", NOT_CLEARABLE)
                    .add(WRITABLE, "grantControls sessionControls")
                    .add(
                            WRITABLE,
                            "conditions/users/includeGuestsOrExternalUsers/guestOrExternalUserTypes"
                                    + " conditions/users/excludeGuestsOrExternalUsers/guestOrExternalUserTypes"
                                    + " conditions/authenticationFlows/transferMethods",
                            COMMA_SET)
                    .properties(),
            Optional.of("identity/conditionalAccess/deletedItems/policies"),
            70,
            "Policy.Read.All",
            "Policy.ReadWrite.ConditionalAccess");

    static final KindDescription ROLE_ASSIGNMENT = new KindDescription(
            ObjectKind.ROLE_ASSIGNMENT,
            "roleManagement/directory/roleAssignments",
            KindDescription.Reading.LIST,
            List.of(),
            new Table()
                    .add(READ_ONLY, "id condition principalOrganizationId")
                    .add(CREATE_ONLY, "principalId roleDefinitionId directoryScopeId appScopeId")
                    .properties(),
            Optional.empty(),
            60,
            "RoleManagement.Read.Directory",
            "RoleManagement.ReadWrite.Directory");

    private PolicyTables() {}
}
