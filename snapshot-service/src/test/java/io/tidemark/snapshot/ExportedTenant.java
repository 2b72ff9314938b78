package io.tidemark.snapshot;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is really in the simulated tenant: the simulator's own export, which nothing of the reading code has a part in, and what a capture holds
 * against it.
 */
public final class ExportedTenant {

    /** The simulator's collections, with the kinds that are read of them. */
    private static final Map<String, String> KINDS = kinds("""
        users user
        groups group
        applications application
        servicePrincipals servicePrincipal
        devices device
        administrativeUnits administrativeUnit
        conditionalAccessPolicies conditionalAccessPolicy
        namedLocations namedLocation
        authenticationContexts authenticationContextClassReference
        authenticationStrengths authenticationStrengthPolicy
        agreements agreement
        crossTenantPartners crossTenantAccessPolicyConfigurationPartner
        oauth2PermissionGrants oAuth2PermissionGrant
        claimsMappingPolicies claimsMappingPolicy
        tokenIssuancePolicies tokenIssuancePolicy
        tokenLifetimePolicies tokenLifetimePolicy
        homeRealmDiscoveryPolicies homeRealmDiscoveryPolicy
        activityBasedTimeoutPolicies activityBasedTimeoutPolicy
        appManagementPolicies appManagementPolicy
        permissionGrantPolicies permissionGrantPolicy
        deviceCompliancePolicies deviceCompliancePolicy
        deviceConfigurations deviceConfiguration
        accessPackageCatalogs accessPackageCatalog
        accessPackages accessPackage
        connectedOrganizations connectedOrganization
        accessReviewDefinitions accessReviewScheduleDefinition
        groupSettings groupSetting
        groupLifecyclePolicies groupLifecyclePolicy
        organization organization
        domains domain
        subscribedSkus subscribedSku
        attributeSets attributeSet
        customSecurityAttributeDefinitions customSecurityAttributeDefinition
        roleDefinitions roleDefinition
        directoryRoles directoryRole
        roleAssignments roleAssignment
        roleEligibilitySchedules roleEligibilitySchedule
        roleManagementPolicies roleManagementPolicy
        roleManagementPolicyAssignments roleManagementPolicyAssignment
        roleAssignmentSchedules roleAssignmentSchedule
        accessPackageAssignments accessPackageAssignment
        identityProviders identityProvider
        schemaExtensions schemaExtension
        authorizationPolicy authorizationPolicy
        securityDefaults identitySecurityDefaultsEnforcementPolicy
        authenticationMethodsPolicy authenticationMethodsPolicy
        adminConsentRequestPolicy adminConsentRequestPolicy
        defaultAppManagementPolicy defaultAppManagementPolicy
        deviceRegistrationPolicy deviceRegistrationPolicy
        authenticationFlowsPolicy authenticationFlowsPolicy
        crossTenantAccessPolicy crossTenantAccessPolicy
        crossTenantDefault crossTenantAccessPolicyConfigurationDefault
        entitlementManagementSettings entitlementManagementSettings
        """);

    /** Collections of what hangs on other objects: the kind that it is read as, and where the other's id stands. */
    private static final Map<String, Below> BELOW = below("""
            federatedIdentityCredentials federatedIdentityCredential linkFrom:federatedIdentityCredentials
            extensionProperties extensionProperty linkFrom:extensionProperties
            appRoleAssignments appRoleAssignment property:resourceId
            delegatedPermissionClassifications delegatedPermissionClassification linkFrom:delegatedPermissionClassifications
            scopedRoleMemberships scopedRoleMembership property:administrativeUnitId
            accessPackageAssignmentPolicies accessPackageAssignmentPolicy linkTo:accessPackage
            accessPackageResources accessPackageResource linkFrom:resources
            deviceCompliancePolicyAssignments deviceCompliancePolicyAssignment linkFrom:assignments
            deviceConfigurationAssignments deviceConfigurationAssignment linkFrom:assignments
            attributeAllowedValues allowedValue linkFrom:allowedValues
            federationConfigurations internalDomainFederation linkFrom:federationConfiguration
            certificateBasedAuthConfigurations certificateBasedAuthConfiguration linkFrom:certificateBasedAuthConfiguration
            identitySynchronizations crossTenantIdentitySyncPolicyPartner linkFrom:identitySynchronization
            brandingLocalizations organizationalBrandingLocalization linkFrom:localizations,branding
            groupEligibilitySchedules privilegedAccessGroupEligibilitySchedule property:groupId
            groupAssignmentSchedules privilegedAccessGroupAssignmentSchedule property:groupId
            """);

    private static final String STREAM = "organizationalBrandingStream";

    /** What hangs on an object by the simulator's own tables. */
    private record Below(String type, String place, String name) {}

    private final List<Line> lines;
    private final Set<String> alive = new HashSet<>();
    private final Map<String, String> sources = new HashMap<>();

    private ExportedTenant(List<Line> lines) {
        this.lines = lines;
        lines.stream().filter(line -> !line.isDeleted()).forEach(line -> alive.add(line.id()));
        for (Line line : lines) {
            line.links()
                    .members()
                    .forEach((relation, targets) ->
                            elements(targets).forEach(target -> sources.put(relation + " " + target, line.id())));
        }
    }

    /** One object with what it leads to. */
    private record Line(String collection, JsonObject object, JsonObject links) {
        String id() {
            return object.findString("id").orElseThrow();
        }

        boolean isDeleted() {
            return object.findString("deletedDateTime").isPresent();
        }
    }

    /** As what a line is read, and under which id. */
    private record Place(String type, String id) {}

    /** As what a line is read; empty if nothing reads it, or the simulator keeps it otherwise than it shows it. */
    private Optional<Place> place(Line line) {
        String collection = line.collection();
        Below below = BELOW.get(collection);
        if (below != null) {
            String own = line.id().substring(line.id().lastIndexOf('/') + 1);
            return parent(line, below)
                    .map(parent -> new Place(
                            below.type(),
                            ObjectId.child(new ObjectId(parent), ownKey(line, below.type(), own))
                                    .value()));
        }
        Optional<String> group = line.object()
                .findString("scopeId")
                .filter(scope -> line.object().findString("scopeType").equals(Optional.of("Group")));
        if (group.isPresent()) {
            String type = collection.equals("roleManagementPolicies")
                    ? "groupRoleManagementPolicy"
                    : "groupRoleManagementPolicyAssignment";
            return group.map(scope -> new Place(type, scope + "~" + line.id()));
        }
        String owner = sources.get("settings " + line.id());
        if (collection.equals("groupSettings") && owner != null) {
            return Optional.of(new Place("singleGroupSetting", owner + "~" + line.id()));
        }
        return Optional.ofNullable(KINDS.get(collection)).map(type -> new Place(type, ownKey(line, type, line.id())));
    }

    private static String ownKey(Line line, String type, String id) {
        KindDescription kind = Catalogue.of(ObjectKind.parse(type));
        return kind.reach().key().equals("id")
                ? id
                : line.object().findString(kind.reach().key()).orElse(id);
    }

    private Optional<String> parent(Line line, Below below) {
        if (below.place().equals("property")) {
            return line.object().findString(below.name());
        }
        if (below.place().equals("linkTo")) {
            return elements(line.links().find(below.name()).orElse(JsonNull.NULL)).stream()
                    .findFirst();
        }
        Optional<String> above = Optional.of(line.id());
        for (String relation : below.name().split(",")) {
            above = above.map(id -> sources.get(relation + " " + id));
        }
        return above;
    }

    private static List<String> elements(JsonValue targets) {
        return targets instanceof JsonArray array
                ? array.elements().stream()
                        .map(target -> ((JsonString) target).value())
                        .toList()
                : List.of();
    }

    private static Map<String, Below> below(String table) {
        Map<String, Below> below = new HashMap<>();
        table.lines()
                .map(row -> row.strip().split("[ :]"))
                .forEach(row -> below.put(row[0], new Below(row[1], row[2], row[3])));
        return below;
    }

    /** Asks the simulator's control address. */
    public static ExportedTenant of(URI control) {
        return new ExportedTenant(linesOf(control));
    }

    private static List<Line> linesOf(URI control) {
        try {
            String export = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(control + "/export"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return export.lines().flatMap(ExportedTenant::line).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whether {@link #present()} tells of this type. */
    public static boolean tellsOf(String type) {
        String kind = type.contains(".") ? type.substring(0, type.indexOf('.')) : type;
        return KINDS.containsValue(kind)
                || kind.equals(STREAM)
                || List.of("singleGroupSetting", "groupRoleManagementPolicy", "groupRoleManagementPolicyAssignment")
                        .contains(kind)
                || BELOW.values().stream().anyMatch(below -> below.type().equals(kind));
    }

    /**
     * Everything that is there, as keys {@code type|id}, but for what Graph shows as nothing to whoever may not see it: members of what hides them.
     */
    public Set<String> present() {
        Set<String> present = new TreeSet<>();
        for (Line line : lines) {
            Optional<Place> place = place(line).filter(read -> !line.isDeleted());
            place.ifPresent(read -> {
                present.add(read.type() + "|" + read.id());
                streams(line, read.id()).keySet().forEach(id -> present.add(STREAM + "|" + id));
                if (read.type().equals("singleGroupSetting")) {
                    // The simulator lists what a group has for itself among the settings of the tenant, too.
                    present.add("groupSetting|" + line.id());
                }
                line.links()
                        .members()
                        .forEach((relation, targets) -> addLinks(read.type(), relation, line.id(), targets, present));
            });
        }
        return present;
    }

    private void addLinks(String type, String relation, String source, JsonValue targets, Set<String> present) {
        // A policy is told by whom it applies to; Graph shows it the other way round.
        boolean managed = relation.equals("managedGroups");
        String inverse = managed ? "group.groupLifecyclePolicies" : KINDS.getOrDefault(relation, "") + ".appliesTo";
        boolean isInverse = isRead(inverse);
        String link = isInverse ? inverse : type + "." + relation;
        if (isRead(link) && targets instanceof JsonArray array) {
            for (JsonValue target : array.elements()) {
                String id = ((JsonString) target).value();
                if (alive.contains(id)) {
                    present.add(link + "|" + (isInverse ? id + "~" + source : source + "~" + id));
                }
            }
        }
    }

    private static boolean isRead(String link) {
        return Arrays.stream(LinkKind.values()).anyMatch(kind -> kind.word().equals(link));
    }

    /** The ids of some objects of a collection that fit. */
    public List<String> some(String collection, Predicate<JsonObject> wanted) {
        return lines.stream()
                .filter(line -> line.collection().equals(collection) && !line.isDeleted() && wanted.test(line.object()))
                .map(Line::id)
                .toList();
    }

    /**
     * Every value that the catalogue names and that is not told exactly as it is: {@code type|id property: is, told}.
     *
     * @param told bodies by key {@code type|id}
     */
    public List<String> differences(Map<String, JsonObject> told) {
        List<String> differences = new ArrayList<>();
        for (Line line : lines) {
            Optional<Place> place = place(line).filter(read -> !line.isDeleted());
            if (place.isPresent()) {
                String type = place.get().type();
                String id = place.get().id();
                JsonObject body = told.get(type + "|" + id);
                if (body == null) {
                    differences.add(type + "|" + id + " is not told");
                } else {
                    compare(type, shown(line), body, differences);
                    compareStreams(line, id, told, differences);
                }
            }
        }
        return differences;
    }

    /** What the simulator keeps of pictures and style sheets in the branding itself: how they are read, by id. */
    private static Map<String, JsonObject> streams(Line line, String id) {
        Map<String, JsonObject> streams = new LinkedHashMap<>();
        if (line.collection().equals("brandingLocalizations")) {
            line.object().members().forEach((name, value) -> {
                if (value instanceof JsonObject stream && stream.find("bytes").isPresent()) {
                    streams.put(id + ":" + name, stream);
                }
            });
        }
        return streams;
    }

    private static void compareStreams(Line line, String id, Map<String, JsonObject> told, List<String> differences) {
        streams(line, id).forEach((key, stream) -> {
            JsonObject body = told.get(STREAM + "|" + key);
            if (body == null
                    || !body.findString("content").equals(stream.findString("bytes"))
                    || !body.findString("contentType").equals(stream.findString("type"))) {
                differences.add(STREAM + "|" + key + " is not told as it is");
            }
        });
    }

    /** The simulator's own ids of what hangs on something say where, those that it shows do not. */
    private static JsonObject shown(Line line) {
        return line.object()
                .with("id", new JsonString(line.id().substring(line.id().lastIndexOf('/') + 1)));
    }

    private static void compare(String type, JsonObject is, JsonObject told, List<String> differences) {
        KindDescription kind = Catalogue.of(ObjectKind.parse(type));
        for (String name : kind.named()) {
            Optional<JsonValue> wanted = is.find(name).filter(value -> !isNothing(value));
            Optional<JsonValue> found = told.find(name).filter(value -> !isNothing(value));
            if (!wanted.equals(found)) {
                differences.add(type + "|" + is.findString("id").orElse("") + " " + name + ": is " + wanted + ", told "
                        + found);
            }
        }
    }

    /** Graph shows what was never set as null or as an empty list; the export leaves it out. */
    private static boolean isNothing(JsonValue value) {
        return value.equals(JsonNull.NULL)
                || value instanceof JsonArray array && array.elements().isEmpty();
    }

    /** The object of a line; the export tells of clients and secrets, too. */
    private static Stream<Line> line(String text) {
        JsonObject line = JsonText.parseObject(text);
        return line.find("object").stream()
                .map(JsonObject.class::cast)
                .map(object -> new Line(
                        line.findString("collection").orElse(""),
                        object,
                        line.find("links").orElse(JsonNull.NULL) instanceof JsonObject links
                                ? links
                                : JsonObject.EMPTY));
    }

    private static Map<String, String> kinds(String table) {
        Map<String, String> kinds = new LinkedHashMap<>();
        table.lines().map(row -> row.split(" ")).forEach(row -> kinds.put(row[0], row[1]));
        return new HashMap<>(kinds);
    }
}
