package io.tidemark.directory.catalogue;

import static io.tidemark.directory.catalogue.PropertyClass.CREATE_ONLY;
import static io.tidemark.directory.catalogue.PropertyClass.READ_ONLY;
import static io.tidemark.directory.catalogue.PropertyClass.SPECIAL;
import static io.tidemark.directory.catalogue.PropertyClass.WRITABLE;
import static io.tidemark.directory.catalogue.Trait.COLLECTION;
import static io.tidemark.directory.catalogue.Trait.NOT_CLEARABLE;
import static io.tidemark.directory.catalogue.Trait.PERSONAL;
import static io.tidemark.directory.catalogue.Trait.SECRET;
import static io.tidemark.directory.catalogue.Trait.UNSELECTABLE;

import io.tidemark.directory.ObjectKind;
import java.util.List;
import java.util.Optional;

/** Service principals. Much of what they show comes from their application and follows it. */
final class ServicePrincipalTable {

    private static final Table TABLE = new Table()
            .add(
                    READ_ONLY,
                    "id appDescription appDisplayName applicationTemplateId appOwnerOrganizationId createdByAppId"
                            + " deletedDateTime disabledByMicrosoftStatus displayName homepage info"
                            + " isDisabled logoutUrl"
                            + " servicePrincipalType signInAudience verifiedPublisher")
            .add(
                    READ_ONLY,
                    "appRoles oauth2PermissionScopes replyUrls resourceSpecificApplicationPermissions"
                            + " servicePrincipalNames addIns",
                    COLLECTION)
            .add(READ_ONLY, "createdDateTime publisherName samlMetadataUrl", UNSELECTABLE)
            .add(SPECIAL, "preferredTokenSigningKeyEndDateTime", UNSELECTABLE)
            .add(CREATE_ONLY, "appId")
            .add(SPECIAL, "keyCredentials passwordCredentials", COLLECTION, SECRET)
            .add(SPECIAL, "tokenEncryptionKeyId preferredTokenSigningKeyThumbprint")
            .add(WRITABLE, "accountEnabled appRoleAssignmentRequired", NOT_CLEARABLE)
            .add(WRITABLE, "alternativeNames tags", COLLECTION)
            .add(WRITABLE, "notificationEmailAddresses", COLLECTION, PERSONAL)
            .add(WRITABLE, "description loginUrl notes preferredSingleSignOnMode samlSingleSignOnSettings");

    static final KindDescription DESCRIPTION = new KindDescription(
            ObjectKind.SERVICE_PRINCIPAL,
            "servicePrincipals",
            KindDescription.Reading.DELTA,
            List.of(),
            TABLE.properties(),
            Optional.of("directory/deletedItems/microsoft.graph.servicePrincipal"),
            50,
            "Application.Read.All",
            "Application.ReadWrite.All");

    private ServicePrincipalTable() {}
}
