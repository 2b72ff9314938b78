package io.tidemark.snapshot;

import io.tidemark.directory.LinkKind;
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
import org.jspecify.annotations.Nullable;

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
        """);

    private final List<Line> lines;
    private final Set<String> alive = new HashSet<>();

    private ExportedTenant(List<Line> lines) {
        this.lines = lines;
        lines.stream().filter(line -> !line.isDeleted()).forEach(line -> alive.add(line.id()));
    }

    /** One object with what it leads to. */
    private record Line(String collection, JsonObject object, JsonObject links) {
        String id() {
            return object.findString("id").orElseThrow();
        }

        /** The kind that it is read as; null if it is not told of here, as the settings of privileged access to single groups. */
        @Nullable
        String type() {
            boolean ofGroup = object.findString("scopeType").equals(Optional.of("Group"));
            return ofGroup ? null : KINDS.get(collection);
        }

        boolean isDeleted() {
            return object.findString("deletedDateTime").isPresent();
        }
    }

    /** Asks the simulator's control address. */
    public static ExportedTenant of(URI control) {
        try {
            String export = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(control + "/export"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return new ExportedTenant(export.lines().map(ExportedTenant::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whether {@link #present()} tells of this type. */
    public static boolean tellsOf(String type) {
        return type.contains(".")
                ? KINDS.containsValue(type.substring(0, type.indexOf('.')))
                : KINDS.containsValue(type);
    }

    /**
     * Everything that is there, as keys {@code type|id}, but for what Graph shows as nothing to whoever may not see it: members of what hides them.
     */
    public Set<String> present() {
        Set<String> present = new TreeSet<>();
        for (Line line : lines) {
            String type = line.type();
            if (type != null && !line.isDeleted()) {
                present.add(type + "|" + line.id());
                line.links()
                        .members()
                        .forEach((relation, targets) -> addLinks(type, relation, line.id(), targets, present));
            }
        }
        return present;
    }

    private void addLinks(String type, String relation, String source, JsonValue targets, Set<String> present) {
        // A policy is told by whom it applies to; Graph shows it the other way round.
        String inverse = KINDS.getOrDefault(relation, "") + ".appliesTo";
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
            String type = line.type();
            if (type != null && !line.isDeleted()) {
                JsonObject body = told.get(type + "|" + line.id());
                if (body == null) {
                    differences.add(type + "|" + line.id() + " is not told");
                } else {
                    compare(type, line.object(), body, differences);
                }
            }
        }
        return differences;
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

    private static Line line(String text) {
        JsonObject line = JsonText.parseObject(text);
        return new Line(
                line.findString("collection").orElse(""),
                (JsonObject) line.find("object").orElseThrow(),
                line.find("links").orElse(JsonNull.NULL) instanceof JsonObject links ? links : JsonObject.EMPTY);
    }

    private static Map<String, String> kinds(String table) {
        Map<String, String> kinds = new LinkedHashMap<>();
        table.lines().map(row -> row.split(" ")).forEach(row -> kinds.put(row[0], row[1]));
        return new HashMap<>(kinds);
    }
}
