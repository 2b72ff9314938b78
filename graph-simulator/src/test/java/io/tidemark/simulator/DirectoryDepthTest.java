package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Units, devices, licences, attributes, extensions, settings: what surrounds users and groups. */
class DirectoryDepthTest {

    private static final String SKU = "06ebc4ee-1bb5-47dd-8120-11324bc54e06";
    private static final String JOINED = "dddddddd-0000-4000-8000-000000000001";
    private static final String HYBRID = "dddddddd-0000-4000-8000-000000000002";

    private static Box box;

    @BeforeAll
    static void open() {
        box = Box.open(b -> b, sink -> {
            ObjectNode sku = Json.object()
                    .put("id", "sku")
                    .put("skuId", SKU)
                    .put("skuPartNumber", "SPE_E5")
                    .put("consumedUnits", 0);
            sku.putObject("prepaidUnits").put("enabled", 1);
            sku.putArray("servicePlans")
                    .addObject()
                    .put("servicePlanId", "41781fb2-bc02-4b7c-bd55-b576c07bb09d")
                    .put("servicePlanName", "AAD_PREMIUM");
            sink.object("subscribedSkus", sku);
            sink.object("devices", device(JOINED, "AzureAd"));
            sink.object("devices", device(HYBRID, "ServerAd").put("onPremisesSyncEnabled", true));
            sink.object(
                    "bitlockerRecoveryKeys",
                    Json.object().put("id", "key").put("deviceId", JOINED).put("key", "123456-123456"));
        });
    }

    private static ObjectNode device(String id, String trust) {
        return Json.object()
                .put("id", id)
                .put("deviceId", id)
                .put("displayName", trust)
                .put("accountEnabled", true)
                .put("trustType", trust);
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static String unit(String more) {
        return box.graph
                .post("/directory/administrativeUnits", "{'displayName':'unit'" + more + "}")
                .body()
                .path("id")
                .asText();
    }

    private static void put(String unit, String id) {
        assertThat(box.graph
                        .post(
                                "/directory/administrativeUnits/" + unit + "/members/$ref",
                                "{'@odata.id':'x/directoryObjects/" + id + "'}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void membersOfARestrictedUnitAreOutOfReach() {
        String unit = unit(",'isMemberManagementRestricted':true");
        String user = box.user("vault");
        String group = box.group("vaultgroup");
        put(unit, user);
        put(unit, group);
        GraphClient reaching = box.holding("User.ReadWrite.All", "Directory.Write.Restricted");

        Answer refused = box.graph.patch("/users/" + user, "{'jobTitle':'x'}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("Authorization_RequestDenied");
        assertThat(box.graph.delete("/users/" + user).status()).isEqualTo(403);
        assertThat(box.graph
                        .post("/groups/" + group + "/members/$ref", "{'@odata.id':'x/users/" + user + "'}")
                        .status())
                .isEqualTo(403);
        assertThat(reaching.patch("/users/" + user, "{'jobTitle':'x'}").status())
                .isEqualTo(204);
        assertThat(box.graph
                        .get("/users/" + user + "?$select=isManagementRestricted")
                        .body()
                        .path("isManagementRestricted")
                        .asBoolean())
                .isTrue();
        assertThat(box.graph
                        .delete("/directory/administrativeUnits/" + unit + "/members/" + user + "/$ref")
                        .status())
                .isEqualTo(204);
        assertThat(box.graph.patch("/users/" + user, "{'jobTitle':'y'}").status())
                .isEqualTo(204);
    }

    @Test
    void aUnitTakesANewGroupAndComesBackFromTheBinButCannotBePurged() {
        String unit = unit("");
        Answer inside = box.graph.post(
                "/directory/administrativeUnits/" + unit + "/members",
                "{'@odata.type':'#microsoft.graph.group','displayName':'inside','mailEnabled':false,"
                        + "'securityEnabled':true,'mailNickname':'inside'}");
        assertThat(inside.status()).as(inside.message()).isEqualTo(201);

        box.graph.delete("/directory/administrativeUnits/" + unit);
        assertThat(box.graph.delete("/directory/deletedItems/" + unit).status()).isEqualTo(400);
        assertThat(box.graph
                        .call("POST", "/directory/deletedItems/" + unit + "/restore", null)
                        .status())
                .isEqualTo(200);
        assertThat(box.graph
                        .get("/directory/administrativeUnits/" + unit + "/members")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(inside.body().path("id").asText());
    }

    @Test
    void aDynamicUnitHoldsWhomItsRuleNames() {
        String unit = unit(",'membershipType':'Dynamic','membershipRule':'(user.department -eq \\\"Lab\\\")',"
                + "'membershipRuleProcessingState':'On'");
        String user = box.user("chemist");
        box.graph.patch("/users/" + user, "{'department':'Lab'}");

        assertThat(box.graph
                        .get("/directory/administrativeUnits/" + unit + "/members")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(user);
        assertThat(box.graph
                        .delete("/directory/administrativeUnits/" + unit + "/members/" + user + "/$ref")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aDynamicGroupCollectsDevices() {
        String group = box.graph
                .post(
                        "/groups",
                        "{'displayName':'joined','mailEnabled':false,'securityEnabled':true,'mailNickname':'joined',"
                                + "'groupTypes':['DynamicMembership'],"
                                + "'membershipRule':'(device.deviceTrustType -eq \\\"AzureAd\\\")'}")
                .body()
                .path("id")
                .asText();

        assertThat(box.graph
                        .get("/groups/" + group + "/members/microsoft.graph.device")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(JOINED);
    }

    @Test
    void aDeletedUserIsGoneForGoodAfterThirtyDays() {
        try (Box own = Box.open()) {
            String user = own.user("forgotten");
            own.graph.delete("/users/" + user);
            own.simulator.clock().advance(Duration.ofDays(29));
            Answer kept = own.as(Box.ADMIN, Box.ADMIN_SECRET).get("/directory/deletedItems/" + user);
            own.simulator.clock().advance(Duration.ofDays(2));
            Answer gone = own.as(Box.ADMIN, Box.ADMIN_SECRET).get("/directory/deletedItems/" + user);

            assertThat(kept.status()).isEqualTo(200);
            assertThat(gone.status()).isEqualTo(404);
            assertThat(own.simulator.tenant().ledger().from(1))
                    .anyMatch(entry -> entry.method().equals("CLOCK") && user.equals(entry.objectId()));
        }
    }

    @Test
    void aDeviceIsWrittenByUsersOnlyAndItsKeyIsShownOneAtATime() {
        GraphClient fresh = box.graph;
        assertThat(fresh.post("/devices", "{'displayName':'x'}").status()).isEqualTo(403);
        assertThat(fresh.patch("/devices/" + JOINED, "{'extensionAttributes':{'extensionAttribute1':'kiosk'}}")
                        .status())
                .isEqualTo(204);
        assertThat(fresh.get("/devices/" + JOINED)
                        .body()
                        .at("/extensionAttributes/extensionAttribute1")
                        .asText())
                .isEqualTo("kiosk");
        String keys = "/informationProtection/bitlocker/recoveryKeys";
        assertThat(fresh.get(keys + "?$filter=deviceId eq '" + JOINED + "'")
                        .body()
                        .at("/value/0")
                        .has("key"))
                .isFalse();
        assertThat(fresh.get(keys + "/key?$select=key").body().path("key").asText())
                .isEqualTo("123456-123456");
        assertThat(box.holding("BitlockerKey.ReadBasic.All")
                        .get(keys + "/key?$select=key")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void licencesNeedAPlaceAndRunOut() {
        String first = box.user("licensed");
        String second = box.user("unlucky");
        String add = "{'addLicenses':[{'skuId':'" + SKU + "','disabledPlans':[]}],'removeLicenses':[]}";

        assertThat(box.graph.post("/users/" + first + "/assignLicense", add).message())
                .contains("usage location");
        for (String user : new String[] {first, second}) {
            box.graph.patch("/users/" + user, "{'usageLocation':'DE'}");
        }
        assertThat(box.graph.post("/users/" + first + "/assignLicense", add).status())
                .isEqualTo(200);
        assertThat(box.graph
                        .get("/users/" + first + "/licenseDetails")
                        .body()
                        .at("/value/0/skuPartNumber")
                        .asText())
                .isEqualTo("SPE_E5");
        assertThat(box.graph.post("/users/" + second + "/assignLicense", add).message())
                .contains("available licenses");
        String remove = "{'addLicenses':[],'removeLicenses':['" + SKU + "']}";
        assertThat(box.graph.post("/users/" + first + "/assignLicense", remove).status())
                .isEqualTo(200);
        assertThat(box.graph.post("/users/" + second + "/assignLicense", add).status())
                .isEqualTo(200);
        assertThat(box.graph.post("/users/" + first + "/assignLicense", remove).message())
                .contains("corresponding license");
    }

    @Test
    void securityAttributesTakeWhatIsDefined() {
        box.graph.post("/directory/attributeSets", "{'id':'Fleet','maxAttributesPerSet':1}");
        Answer made = box.graph.post(
                "/directory/customSecurityAttributeDefinitions",
                "{'attributeSet':'Fleet','name':'Ship','type':'String','status':'Available','isCollection':false,"
                        + "'isSearchable':true,'usePreDefinedValuesOnly':true,'allowedValues':[{'id':'Argo',"
                        + "'isActive':true}]}");
        String user = box.user("sailor");
        String assign = "{'customSecurityAttributes':{'Fleet':{'@odata.type':"
                + "'#microsoft.graph.customSecurityAttributeValue','Ship':'%s'}}}";

        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(made.body().path("id").asText()).isEqualTo("Fleet_Ship");
        assertThat(box.graph.patch("/users/" + user, assign.formatted("Argo")).status())
                .isEqualTo(204);
        assertThat(box.graph
                        .patch("/users/" + user, assign.formatted("Titanic"))
                        .status())
                .isEqualTo(400);
        String select = "/users/" + user + "?$select=id,customSecurityAttributes";
        assertThat(box.graph
                        .get(select)
                        .body()
                        .at("/customSecurityAttributes/Fleet/Ship")
                        .asText())
                .isEqualTo("Argo");
        assertThat(box.holding("User.Read.All")
                        .get(select)
                        .body()
                        .path("customSecurityAttributes")
                        .isNull())
                .isTrue();
        assertThat(box.graph
                        .delete("/directory/customSecurityAttributeDefinitions/Fleet_Ship")
                        .status())
                .isEqualTo(405);
        assertThat(box.graph
                        .post(
                                "/directory/customSecurityAttributeDefinitions",
                                "{'attributeSet':'Fleet','name':'Port','type':'String','status':'Available'}")
                        .message())
                .contains("limit");
    }

    @Test
    void openExtensionsLiveUnderTheirObject() {
        String user = box.user("extended");
        String path = "/users/" + user + "/extensions";
        String body = "{'@odata.type':'microsoft.graph.openTypeExtension','extensionName':'com.example.roaming',"
                + "'theme':'dark','size':12}";

        assertThat(box.graph.post(path, body).status()).isEqualTo(201);
        assertThat(box.graph.post(path, body).status()).isEqualTo(409);
        assertThat(box.graph
                        .patch(path + "/com.example.roaming", "{'theme':'light'}")
                        .status())
                .isEqualTo(204);
        Answer read = box.graph.get(path + "/com.example.roaming");
        assertThat(read.body().path("theme").asText()).isEqualTo("light");
        assertThat(read.body().path("size").asInt()).isEqualTo(12);
        assertThat(box.graph.delete(path + "/com.example.roaming").status()).isEqualTo(204);
        assertThat(box.graph.get(path).body().path("value")).isEmpty();
    }

    @Test
    void groupSettingsFollowTheirTemplate() {
        Answer made = box.graph.post(
                "/groupSettings",
                "{'templateId':'62375ab9-6b52-47ed-826b-58e47e0e304b','values':[{'name':'EnableGroupCreation',"
                        + "'value':'false'}]}");
        Answer again = box.graph.post("/groupSettings", "{'templateId':'62375ab9-6b52-47ed-826b-58e47e0e304b'}");
        Answer unknown = box.graph.patch(
                "/groupSettings/" + made.body().path("id").asText(), "{'values':[{'name':'Nonsense','value':'1'}]}");

        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(made.body().path("displayName").asText()).isEqualTo("Group.Unified");
        assertThat(made.body().path("values").size()).isGreaterThan(10);
        assertThat(again.status()).isEqualTo(400);
        assertThat(unknown.status()).isEqualTo(400);
    }

    @Test
    void aTenantHasOneLifecyclePolicyWhichGroupsJoin() {
        String body = "{'groupLifetimeInDays':180,'managedGroupTypes':'Selected'}";
        String policy = box.graph
                .post("/groupLifecyclePolicies", body)
                .body()
                .path("id")
                .asText();
        String group = box.graph
                .post(
                        "/groups",
                        "{'displayName':'team','mailEnabled':true,'securityEnabled':false,'mailNickname':'team',"
                                + "'groupTypes':['Unified']}")
                .body()
                .path("id")
                .asText();
        String add = "/groupLifecyclePolicies/" + policy + "/addGroup";

        assertThat(box.graph.post("/groupLifecyclePolicies", body).status()).isEqualTo(400);
        assertThat(box.graph
                        .post(add, "{'groupId':'" + group + "'}")
                        .body()
                        .path("value")
                        .asBoolean())
                .isTrue();
        assertThat(box.graph
                        .post(add, "{'groupId':'" + group + "'}")
                        .body()
                        .path("value")
                        .asBoolean())
                .isFalse();
        assertThat(box.graph
                        .get("/groups/" + group + "/groupLifecyclePolicies")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(policy);
        assertThat(box.graph.call("POST", "/groups/" + group + "/renew", null).status())
                .isEqualTo(204);
        assertThat(box.graph
                        .get("/groups/" + group)
                        .body()
                        .path("expirationDateTime")
                        .isTextual())
                .isTrue();
    }

    @Test
    void anInvitationMakesAGuest() {
        Answer invited = box.graph.post(
                "/invitations",
                "{'invitedUserEmailAddress':'ann@partner.example','inviteRedirectUrl':'https://example.com'}");

        assertThat(invited.status()).as(invited.message()).isEqualTo(201);
        assertThat(invited.body().path("status").asText()).isEqualTo("PendingAcceptance");
        String guest = invited.body().at("/invitedUser/id").asText();
        Answer read = box.graph.get("/users/" + guest + "?$select=userType,userPrincipalName,externalUserState");
        assertThat(read.body().path("userType").asText()).isEqualTo("Guest");
        assertThat(read.body().path("userPrincipalName").asText()).contains("#EXT#@");
        assertThat(read.body().path("externalUserState").asText()).isEqualTo("PendingAcceptance");
    }
}
