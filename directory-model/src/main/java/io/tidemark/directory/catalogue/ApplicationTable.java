package io.tidemark.directory.catalogue;

import static io.tidemark.directory.catalogue.PropertyClass.CREATE_ONLY;
import static io.tidemark.directory.catalogue.PropertyClass.READ_ONLY;
import static io.tidemark.directory.catalogue.PropertyClass.SPECIAL;
import static io.tidemark.directory.catalogue.PropertyClass.WRITABLE;
import static io.tidemark.directory.catalogue.Trait.COLLECTION;
import static io.tidemark.directory.catalogue.Trait.NOT_CLEARABLE;
import static io.tidemark.directory.catalogue.Trait.SECRET;

import io.tidemark.directory.ObjectKind;
import java.util.List;
import java.util.Optional;

/** Application registrations. */
final class ApplicationTable {

    private static final Table TABLE = new Table()
            .add(
                    READ_ONLY,
                    "id appId applicationTemplateId certification createdByAppId createdDateTime deletedDateTime"
                            + " disabledByMicrosoftStatus publisherDomain verifiedPublisher")
            .add(CREATE_ONLY, "uniqueName")
            .add(SPECIAL, "keyCredentials passwordCredentials", COLLECTION, SECRET)
            .add(WRITABLE, "displayName signInAudience", NOT_CLEARABLE)
            .add(WRITABLE, "addIns appRoles identifierUris requiredResourceAccess tags", COLLECTION)
            .add(
                    WRITABLE,
                    "api defaultRedirectUri description groupMembershipClaims info isDeviceOnlyAuthSupported isDisabled"
                            + " isFallbackPublicClient nativeAuthenticationApisEnabled notes"
                            + " oauth2RequirePostResponse optionalClaims parentalControlSettings publicClient"
                            + " requestSignatureVerification samlMetadataUrl serviceManagementReference"
                            + " servicePrincipalLockConfiguration spa tokenEncryptionKeyId web");

    static final KindDescription DESCRIPTION = new KindDescription(
            ObjectKind.APPLICATION,
            "applications",
            KindDescription.Reading.DELTA,
            List.of(),
            TABLE.properties(),
            Optional.of("directory/deletedItems/microsoft.graph.application"),
            40,
            "Application.Read.All",
            "Application.ReadWrite.All");

    private ApplicationTable() {}
}
