package io.tidemark.simulator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.sample.RecordedTenant.ToldLink;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.SeedSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTenantsTest {

    private static final Pattern GUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    @Test
    void theSameSeedGivesTheSameTenantToTheByte() {
        assertThat(digest("contoso-like", 7, Map.of("users", "300")))
                .isEqualTo(digest("contoso-like", 7, Map.of("users", "300")))
                .isNotEqualTo(digest("contoso-like", 8, Map.of("users", "300")));
    }

    @Test
    void theTypicalTenantHasWhatItsNamePromises() {
        var tenant = RecordedTenant.of("contoso-like", 1, Map.of());

        assertThat(tenant.of("users")).hasSize(5_000);
        assertThat(tenant.of("groups")).hasSize(400);
        assertThat(tenant.of("conditionalAccessPolicies")).hasSize(60);
        assertThat(tenant.of("applications")).hasSize(150);
        assertThat(tenant.of("namedLocations")).hasSizeGreaterThanOrEqualTo(8);
        assertThat(tenant.of("roleAssignments")).hasSizeGreaterThanOrEqualTo(20);
        assertThat(tenant.of("users").values().stream()
                        .filter(user -> user.path("userType").asText().equals("Guest")))
                .hasSize(300);
        assertThat(tenant.of("users").values().stream()
                        .filter(user -> !user.path("accountEnabled").asBoolean()))
                .hasSizeBetween(100, 300);
        assertThat(tenant.of("users").values().stream()
                        .filter(user -> user.path("onPremisesSyncEnabled").asBoolean()))
                .hasSizeBetween(50, 300);
        assertThat(tenant.of("groups").values().stream()
                        .filter(group -> contains(group.path("groupTypes"), "DynamicMembership")))
                .hasSize(40);
    }

    @Test
    void theTypicalTenantIsGovernedAndEquipped() {
        var tenant = RecordedTenant.of("contoso-like", 1, Map.of("users", "400"));

        assertThat(tenant.of("administrativeUnits").values().stream()
                        .filter(unit ->
                                unit.path("isMemberManagementRestricted").asBoolean()))
                .hasSize(1);
        assertThat(tenant.of("roleEligibilitySchedules")).hasSize(8);
        assertThat(tenant.of("devices").size()).isGreaterThan(100);
        assertThat(tenant.links("devices", "registeredOwners").count())
                .isEqualTo(tenant.of("devices").size());
        assertThat(tenant.of("passwordMethods").size())
                .isGreaterThan(300)
                .isGreaterThan(tenant.of("phoneMethods").size());
        assertThat(tenant.of("customSecurityAttributeDefinitions")).containsKey("Engineering_Project");
        assertThat(tenant.of("users").values().stream().filter(user -> user.has("customSecurityAttributes")))
                .isNotEmpty();
        assertThat(tenant.of("subscribedSkus")).hasSize(3);
    }

    @Test
    void theTinyTenantIsTiny() {
        var tenant = RecordedTenant.of("tiny", 1, Map.of());

        var estate = Words.resource("estate.json").findValuesAsText("in");
        var builtIn = Set.of(
                "roleDefinitions",
                "directoryRoles",
                "authenticationStrengths",
                "appRoleAssignments",
                "namedLocations",
                "subscribedSkus",
                "devices",
                "bitlockerRecoveryKeys",
                "deviceLocalCredentials",
                "passwordMethods",
                "phoneMethods",
                "emailMethods",
                "fido2Methods",
                "microsoftAuthenticatorMethods",
                "windowsHelloForBusinessMethods");
        assertThat(tenant.objects.entrySet().stream()
                        .filter(table -> !builtIn.contains(table.getKey()) && !estate.contains(table.getKey()))
                        .mapToInt(table -> table.getValue().size())
                        .sum())
                .isBetween(45, 90);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 18, 30, 50, 99, 200, 1_000, 5_000})
    void aTenthSellsAndEachOfThemCanLoseEverything(int users) {
        var tenant = RecordedTenant.of("contoso-like", 3, Map.of("users", String.valueOf(users)));
        var managed = tenant.links("users", "manager").map(ToldLink::source).collect(Collectors.toSet());
        var assigned = assignedMemberships(tenant);

        var sellers = tenant.of("users").values().stream()
                .filter(user -> user.path("department").asText().equals("Sales"))
                .toList();

        assertThat(sellers).hasSizeGreaterThanOrEqualTo(users / 10).allSatisfy(seller -> {
            var id = seller.path("id").asText();
            assertThat(seller.path("accountEnabled").asBoolean()).isTrue();
            assertThat(seller.path("onPremisesSyncEnabled").isNull()).isTrue();
            assertThat(managed).contains(id);
            assertThat(assigned.getOrDefault(id, 0)).isBetween(2, 6);
            for (var i = 1; i <= 12; i++) {
                assertThat(seller.path("onPremisesExtensionAttributes")
                                .path("extensionAttribute" + i)
                                .isTextual())
                        .isTrue();
            }
        });
    }

    @Test
    void everyIdIsAGuidOfVersionFourOrARelationOfTwo() {
        var tenant = RecordedTenant.of("contoso-like", 2, Map.of("users", "400"));

        for (var collection : List.of(
                "users",
                "groups",
                "applications",
                "servicePrincipals",
                "conditionalAccessPolicies",
                "namedLocations")) {
            assertThat(tenant.of(collection).keySet())
                    .allMatch(id -> GUID.matcher(id).matches());
        }
        assertThat(tenant.of("roleAssignments").keySet()).allMatch(id -> id.matches("[A-Za-z0-9_-]{43}-[12]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "contoso-like"})
    void everyLinkLeadsToSomethingThatWasToldAndNoneIsToldTwice(String size) {
        var tenant = RecordedTenant.of(size, 5, Map.of());

        assertThat(tenant.links)
                .allMatch(link -> tenant.ids.contains(link.target()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyIdInsideAPolicyLeadsToSomethingThatWasTold() {
        var tenant = RecordedTenant.of("contoso-like", 5, Map.of());
        var known = new HashSet<>(tenant.ids);
        tenant.of("servicePrincipals")
                .values()
                .forEach(p -> known.add(p.path("appId").asText()));

        assertThat(tenant.of("conditionalAccessPolicies").values()).allSatisfy(policy -> {
            var conditions = policy.path("conditions").deepCopy();
            ((ObjectNode) conditions.path("users")).remove("includeGuestsOrExternalUsers");
            assertThat(guidsIn(conditions)).allMatch(known::contains);
        });
    }

    @Test
    void everyPolicyForPeopleButOneExcludesTheBreakGlassAccounts() {
        var tenant = RecordedTenant.of("contoso-like", 5, Map.of());
        var emergency = tenant.of("groups").values().stream()
                .filter(group -> group.path("displayName").asText().equals("Emergency Access Exclusion"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();

        var without = tenant.of("conditionalAccessPolicies").values().stream()
                .filter(policy ->
                        !policy.at("/conditions/users/includeUsers/0").asText().equals("None"))
                .filter(policy -> !contains(policy.at("/conditions/users/excludeGroups"), emergency))
                .toList();

        assertThat(without).hasSize(1);
        assertThat(tenant.links("groups", "members")
                        .filter(link -> link.source().equals(emergency))
                        .map(ToldLink::target))
                .containsExactlyInAnyOrderElementsOf(SampleTenants.breakGlassAccounts(5));
    }

    @Test
    void managersFormATree() {
        var tenant = RecordedTenant.of("contoso-like", 9, Map.of("users", "1000"));
        Map<String, String> managers = new HashMap<>();
        tenant.links("users", "manager")
                .forEach(link ->
                        assertThat(managers.put(link.source(), link.target())).isNull());

        for (var user : managers.keySet()) {
            var steps = 0;
            for (var at = user; managers.containsKey(at); at = managers.get(at)) {
                assertThat(++steps).isLessThan(20);
            }
        }
        var reports = managers.values().stream().collect(Collectors.groupingBy(m -> m, Collectors.counting()));
        assertThat(reports.values()).allMatch(count -> count <= 20);
    }

    @Test
    void groupSizesHaveAHeavyTail() {
        var tenant = RecordedTenant.of("contoso-like", 4, Map.of());
        var sizes = tenant
                .links("groups", "members")
                .collect(Collectors.groupingBy(ToldLink::source, Collectors.counting()))
                .values()
                .stream()
                .sorted((a, b) -> Long.compare(b, a))
                .toList();

        assertThat(sizes.get(0)).isGreaterThan(1_000);
        assertThat(sizes.get(sizes.size() / 2)).isLessThan(50);
    }

    @Test
    void groupsNestWithoutCircles() {
        var tenant = RecordedTenant.of("contoso-like", 4, Map.of());
        Map<String, List<String>> children = tenant.links("groups", "members")
                .filter(link -> tenant.of("groups").containsKey(link.target()))
                .collect(Collectors.groupingBy(
                        ToldLink::source, Collectors.mapping(ToldLink::target, Collectors.toList())));

        assertThat(children.size()).isGreaterThan(15);
        for (var group : children.keySet()) {
            assertThat(reaches(group, group, children, 0)).isFalse();
        }
    }

    @Test
    void dynamicGroupsHoldWhomTheirRulesName() {
        var tenant = RecordedTenant.of("contoso-like", 4, Map.of("users", "2000"));
        var members = tenant.links("groups", "members")
                .collect(Collectors.groupingBy(
                        ToldLink::source, Collectors.mapping(ToldLink::target, Collectors.toSet())));

        for (var group : tenant.of("groups").values()) {
            if (group.path("membershipRule").isTextual()) {
                var expected = tenant.of("users").values().stream()
                        .filter(user -> meets(user, group.path("membershipRule").asText()))
                        .map(user -> user.path("id").asText())
                        .collect(Collectors.toSet());
                assertThat(members.getOrDefault(group.path("id").asText(), Set.of()))
                        .as(group.path("membershipRule").asText())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void namesThatMustBeUniqueAre() {
        var tenant = RecordedTenant.of("contoso-like", 6, Map.of("users", "40000", "groups", "500"));

        assertThat(tenant.of("users").values())
                .extracting(u -> u.path("userPrincipalName").asText())
                .doesNotHaveDuplicates();
        assertThat(tenant.of("groups").values())
                .extracting(g -> g.path("mailNickname").asText())
                .doesNotHaveDuplicates();
        assertThat(tenant.of("applications").values())
                .extracting(a -> a.path("appId").asText())
                .doesNotHaveDuplicates();
        assertThat(tenant.of("applications").values())
                .extracting(a -> a.path("displayName").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void theLargeTenantIsToldInSeconds() {
        var counted = new Counted();
        var start = System.nanoTime();

        SampleTenants.of("large", 1, Map.of()).emit(counted);

        assertThat(counted.objects.get("users")).isEqualTo(100_000);
        assertThat(counted.objects.get("groups")).isEqualTo(10_000);
        assertThat(counted.objects.get("applications")).isEqualTo(5_000);
        assertThat(counted.links.get("members")).isBetween(900_000, 1_100_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void everyClientCanGetTokensAndHasItsApplication() {
        var tenant = RecordedTenant.of("tiny", 1, Map.of("secret.hr-sync", "given"));
        var clients = SampleClients.of(1, Map.of("secret.hr-sync", "given"));

        assertThat(tenant.registrations)
                .extracting(ClientRegistration::clientId)
                .containsExactlyElementsOf(
                        clients.all().stream().map(SampleClient::clientId).toList());
        assertThat(clients.named(SampleClients.HR_SYNC).secret()).isEqualTo("given");
        assertThat(clients.named(SampleClients.READER).secret()).hasSizeGreaterThan(30);
        assertThat(clients.all()).allSatisfy(client -> {
            assertThat(tenant.of("applications")
                            .get(client.applicationId())
                            .path("appId")
                            .asText())
                    .isEqualTo(client.clientId());
            assertThat(tenant.of("servicePrincipals")
                            .get(client.servicePrincipalId())
                            .path("appId")
                            .asText())
                    .isEqualTo(client.clientId());
            assertThat(client.toString()).doesNotContain(client.secret());
        });
    }

    @Test
    void nonsenseIsRefusedInOneSentence() {
        assertThatThrownBy(() -> SampleTenants.of("enormous", 1, Map.of()))
                .hasMessageContaining("unknown tenant size 'enormous'");
        assertThatThrownBy(() -> SampleTenants.of("tiny", 1, Map.of("users", "many")))
                .hasMessageContaining("'users' is not a number");
        assertThatThrownBy(() -> SampleTenants.of("tiny", 1, Map.of("users", "3")))
                .hasMessageContaining("users must be from 16");
    }

    private static Map<String, Integer> assignedMemberships(RecordedTenant tenant) {
        Map<String, Integer> counts = new HashMap<>();
        tenant.links("groups", "members")
                .filter(link ->
                        !contains(tenant.of("groups").get(link.source()).path("groupTypes"), "DynamicMembership"))
                .forEach(link -> counts.merge(link.target(), 1, Integer::sum));
        return counts;
    }

    private static boolean meets(ObjectNode user, String rule) {
        var condition = Pattern.compile("\\(user\\.(\\w+) -eq \"([^\"]+)\"\\)").matcher(rule);
        var met = true;
        while (condition.find()) {
            met &= user.path(condition.group(1)).asText().equals(condition.group(2));
        }
        return met;
    }

    private static boolean reaches(String from, String to, Map<String, List<String>> children, int depth) {
        assertThat(depth).isLessThan(200);
        return children.getOrDefault(from, List.of()).stream()
                .anyMatch(child -> child.equals(to) || reaches(child, to, children, depth + 1));
    }

    private static Set<String> guidsIn(JsonNode node) {
        Set<String> found = new HashSet<>();
        var matcher = GUID.matcher(node.toString());
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private static boolean contains(JsonNode array, String text) {
        for (var element : array) {
            if (element.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private static String digest(String size, long seed, Map<String, String> options) {
        var digest = new TenantDigest();
        SampleTenants.of(size, seed, options).emit(digest);
        return digest.text();
    }

    /** Counts what it is told. */
    private static final class Counted implements SeedSink {
        private final Map<String, Integer> objects = new HashMap<>();
        private final Map<String, Integer> links = new HashMap<>();

        @Override
        public void object(String collection, ObjectNode object) {
            objects.merge(collection, 1, Integer::sum);
        }

        @Override
        public void link(String collection, String sourceId, String relation, String targetId) {
            links.merge(relation, 1, Integer::sum);
        }

        @Override
        public void appRegistration(ClientRegistration registration) {
            objects.merge("registrations", 1, Integer::sum);
        }
    }
}
