package io.tidemark.simulator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.control.TenantExport;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.rules.GraphRulebook;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports in the shapes that the tools of others leave on disk. */
class ForeignExportTest {

    private static final String ANNE = "0a0b0c0d-0000-4000-8000-0000000000a1";
    private static final String BOB = "0a0b0c0d-0000-4000-8000-0000000000b2";
    private static final String TEAM = "0a0b0c0d-0000-4000-8000-000000000010";
    private static final String APP = "0a0b0c0d-0000-4000-8000-000000000020";
    private static final String PRINCIPAL = "0a0b0c0d-0000-4000-8000-000000000030";

    private final List<String> lines = new ArrayList<>();
    private Tenant tenant;

    @TempDir
    Path folder;

    @BeforeEach
    void empty() {
        tenant = new Tenant(UUID.randomUUID(), Clock.systemUTC(), 1, new GraphRulebook());
    }

    private void read() {
        tenant.load(TenantImport.read(folder, lines::add));
    }

    private void write(String name, String json) throws IOException {
        write(name, json, StandardCharsets.UTF_8);
    }

    private void write(String name, String json, Charset charset) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, json.replace('\'', '"').replace('`', '\'').getBytes(charset));
    }

    private Node node(String table, String id) {
        return tenant.find(Kinds.all().get(table), id);
    }

    private int count(String table) {
        return tenant.count(Kinds.all().get(table));
    }

    /** One folder per object, its members and owners below it, told in part and before the objects themselves. */
    @Test
    void aTreeWithAFolderForEveryObjectAndItsRelations() throws IOException {
        write("Groups/" + TEAM + "/" + TEAM + ".json", "{'id':'" + TEAM + "','displayName':'Team','extensions':[]}");
        write(
                "Groups/" + TEAM + "/Members/" + ANNE + "/" + ANNE + ".json",
                "{'@odata.type':'#microsoft.graph.user','id':'" + ANNE + "','displayName':'Anne'}");
        write(
                "Groups/" + TEAM + "/Owners/" + BOB + "/" + BOB + ".json",
                "{'@odata.type':'#microsoft.graph.user','id':'" + BOB + "','displayName':'Bob'}");
        write(
                "Users/" + ANNE + "/" + ANNE + ".json",
                "{'id':'" + ANNE + "','displayName':'Anne','jobTitle':'Baker','betaOnly':[1]}");
        write(
                "Applications/" + APP + "/" + APP + ".json",
                "{'id':'" + APP + "','appId':'" + PRINCIPAL + "','displayName':'App'}");
        write(
                "Applications/" + APP + "/ExtensionProperties/" + TEAM + "/" + TEAM + ".json",
                "{'id':'" + TEAM + "','name':'extension_x_y','dataType':'String','targetObjects':['User']}");

        read();

        Node team = node("groups", TEAM);
        assertThat(team.targets("members")).containsExactly(node("users", ANNE));
        assertThat(team.targets("owners")).containsExactly(node("users", BOB));
        assertThat(node("users", ANNE).entity().text("jobTitle")).isEqualTo("Baker");
        assertThat(Json.write(node("users", ANNE).entity().get("betaOnly"))).isEqualTo("[1]");
        assertThat(node("applications", APP).targets("extensionProperties"))
                .containsExactly(node("extensionProperties", TEAM));
        assertThat(lines).contains("read 1 groups", "read 1 users", "read 1 users of which only others told");
    }

    @Test
    void foldersOfOtherServicesAreNotTakenForThoseOfTheDirectory() throws IOException {
        String role = "{'id':'r1','displayName':'Mail','rolePermissions':[]}";
        write("RoleManagement/Exchange/RoleDefinitions/r1/r1.json", role);
        write("Policies/ExternalIdentitiesPolicy/ExternalIdentitiesPolicy/ExternalIdentitiesPolicy.json", "{'x':true}");
        write(
                "Identity/Conditional/AccessPolicies/p1/p1.json",
                "{'id':'p1','displayName':'Block','state':'disabled','conditions':{}}");
        write(
                "Policies/AuthorizationPolicy/authorizationPolicy/authorizationPolicy.json",
                "{'id':'authorizationPolicy','allowInvitesFrom':'everyone'}");
        write(
                "Policies/AuthenticationMethodsPolicy/AuthenticationMethodConfigurations/Email.json",
                "{'@odata.type':'#microsoft.graph.emailAuthenticationMethodConfiguration','id':'Email','state':'enabled'}");
        write("report.pdf", "%PDF");

        read();

        assertThat(count("roleDefinitions")).isZero();
        assertThat(count("conditionalAccessPolicies")).isEqualTo(1);
        assertThat(node("authorizationPolicy", "authorizationPolicy").entity().text("allowInvitesFrom"))
                .isEqualTo("everyone");
        assertThat(node("authenticationMethodConfigurations", "Email").entity().text("state"))
                .isEqualTo("enabled");
        assertThat(lines)
                .contains(
                        "left out 1 objects of unknown kind (Exchange/RoleDefinitions)",
                        "left out 1 files that are not JSON (pdf)");
    }

    /** PowerShell cmdlets: capital letters, a bag of additional properties, null for everything unset, cut-off values, UTF-16. */
    @Test
    void whatCmdletsPrint() throws IOException {
        write(
                "dump.json",
                "\ufeff[{'Id':'" + ANNE + "','DisplayName':'Anne','UserPrincipalName':'anne@example.com','City':null,"
                        + "'BusinessPhones':['1'],'CreatedDateTime':'/Date(1700000000000)/',"
                        + "'Manager':{'DeletedDateTime':null,'Id':null,'AdditionalProperties':{}},'MemberOf':null,"
                        + "'AssignedPlans':['Microsoft.Graph.PowerShell.Models.MicrosoftGraphAssignedPlan'],"
                        + "'OnPremisesExtensionAttributes':{'ExtensionAttribute1':'x','AdditionalProperties':{}},"
                        + "'AdditionalProperties':{'@odata.context':'https://graph.microsoft.com/v1.0/$metadata#users/$entity'}}]",
                StandardCharsets.UTF_16LE);
        write(
                "members.json",
                "[{'DeletedDateTime':null,'Id':'" + BOB + "','AdditionalProperties':"
                        + "{'@odata.type':'#microsoft.graph.user','displayName':'Bob'}}]");

        read();

        Node anne = node("users", ANNE);
        assertThat(anne.entity().text("userPrincipalName")).isEqualTo("anne@example.com");
        assertThat(anne.entity().text("createdDateTime")).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(Json.write(anne.entity().get("onPremisesExtensionAttributes")))
                .isEqualTo("{\"extensionAttribute1\":\"x\"}");
        assertThat(anne.entity().toJson().has("assignedPlans")).isFalse();
        assertThat(anne.entity().toJson().properties())
                .noneMatch(p -> Character.isUpperCase(p.getKey().charAt(0)));
        assertThat(node("users", BOB).entity().text("displayName")).isEqualTo("Bob");
        assertThat(lines).contains("left out 1 values that the exporter had cut off (assignedPlans)");
    }

    @Test
    void whatOldCommandLinesPrint() throws IOException {
        write(
                "old.json",
                "[{'odata.type':'Microsoft.DirectoryServices.User','objectId':'" + ANNE + "','objectType':'User',"
                        + "'displayName':'Änne','mobile':'+1','telephoneNumber':'2','dirSyncEnabled':null}]",
                Charset.forName("windows-1252"));
        write("list.json", "[{'id':'" + BOB + "','displayName':'Bob','userPrincipalName':'bob@example.com'}]");
        write("rows.json", "{'rows':[{'id':'" + TEAM + "','display_name':'Team','security_enabled':true}]}");

        read();

        assertThat(node("users", ANNE).entity().text("displayName")).isEqualTo("Änne");
        assertThat(node("users", ANNE).entity().text("mobilePhone")).isEqualTo("+1");
        assertThat(Json.write(node("users", ANNE).entity().get("businessPhones")))
                .isEqualTo("[\"2\"]");
        assertThat(node("users", BOB)).isNotNull();
        assertThat(count("groups")).isEqualTo(1);
    }

    @Test
    void whatCollectorsOfAttackPathsWrite() throws IOException {
        String upper = ANNE.toUpperCase(Locale.ROOT);
        write(
                "hound.json",
                "{'data':[{'kind':'AZAppOwner','data':{'appId':'" + PRINCIPAL.toUpperCase(Locale.ROOT)
                        + "','owners':[{'appId':'" + PRINCIPAL + "','owner':{'id':'" + upper
                        + "','@odata.type':'#microsoft.graph.user'}}]}},"
                        + "{'kind':'AZFederatedIdentityCredential','data':{'appId':'" + PRINCIPAL
                        + "','fics':[{'appId':'"
                        + PRINCIPAL + "','fic':{'id':'" + BOB + "','name':'ci','issuer':'https://example.com'}}]}},"
                        + "{'kind':'AZUser','data':{'id':'" + upper
                        + "','displayName':'ANNE','city':'','onPremisesLastSyncDateTime':"
                        + "'0001-01-01T00:00:00Z'}},"
                        + "{'kind':'AZGroup','data':{'id':'" + TEAM + "','displayName':'TEAM'}},"
                        + "{'kind':'AZGroupMember','data':{'groupId':'" + TEAM + "','members':[{'groupId':'" + TEAM
                        + "','member':{'@odata.type':'#microsoft.graph.user','id':'" + upper + "'}}]}},"
                        + "{'kind':'AZRoleAssignment','data':{'roleDefinitionId':'X','roleAssignments':[{'id':'a1','principalId':'"
                        + upper + "','roleDefinitionId':'" + APP.toUpperCase(Locale.ROOT)
                        + "','directoryScopeId':'/'}]}},"
                        + "{'kind':'AZApp','data':{'id':'" + APP + "','appId':'" + PRINCIPAL
                        + "','displayName':'APP'}},"
                        + "{'kind':'AZVM','data':{'id':'/vm'}}],'meta':{'type':'azure','version':5,'count':8}}");

        read();

        assertThat(node("users", ANNE).entity().toJson().has("city")).isFalse();
        assertThat(node("users", ANNE).entity().toJson().has("onPremisesLastSyncDateTime"))
                .isFalse();
        assertThat(node("groups", TEAM).targets("members")).containsExactly(node("users", ANNE));
        assertThat(node("applications", APP).targets("owners")).containsExactly(node("users", ANNE));
        assertThat(node("applications", APP).targets("federatedIdentityCredentials"))
                .hasSize(1);
        assertThat(node("roleAssignments", "a1").entity().text("principalId")).isEqualTo(ANNE);
        assertThat(lines).contains("left out 1 objects of unknown kind (AZVM)");
    }

    /** Answers that were saved: contexts with keys, pages that go on, changes, batches, annotations, comments. */
    @Test
    void answersThatWereSaved() throws IOException {
        String root = "https://graph.microsoft.com/v1.0/$metadata#";
        write(
                "a.json",
                "// saved by hand\n{'@odata.context':'" + root + "users','@odata.nextLink':'https://x','value':[{'id':'"
                        + ANNE
                        + "','displayName':'Anne','manager@odata.navigationLink':'x','@odata.editLink':'y',},]}");
        write(
                "c.json",
                "{'@odata.context':'" + root + "users(`" + ANNE + "`)/authentication/phoneMethods','value':"
                        + "[{'id':'3179e48a-750b-4051-897c-87b9720928f7','phoneNumber':'+1 5'}]}");
        write(
                "d.json",
                "{'@odata.context':'" + root + "groups','@odata.deltaLink':'https://x','value':[{'id':'" + TEAM
                        + "','displayName':'Team','members@delta':[{'@odata.type':'#microsoft.graph.user','id':'" + ANNE
                        + "'},{'@odata.type':'#microsoft.graph.user','id':'" + BOB
                        + "','@removed':{'reason':'deleted'}}]},"
                        + "{'id':'" + APP + "','@removed':{'reason':'changed'}}]}");
        write(
                "e.json",
                "{'responses':[{'id':'1','status':200,'body':{'@odata.context':'" + root + "devices/$entity','id':'"
                        + PRINCIPAL + "','displayName':'PC'}},{'id':'2','status':404,'body':{'error':{}}}]}");
        write(
                "f.json",
                "{'@odata.context':'" + root
                        + "directoryObjects','value':[{'@odata.type':'#microsoft.graph.user','id':'" + ANNE
                        + "','displayName':'partly'}]}");

        read();

        assertThat(node("users", ANNE).entity().text("displayName")).isEqualTo("Anne");
        assertThat(node("users", ANNE).entity().toJson().properties())
                .noneMatch(p -> p.getKey().contains("@"));
        assertThat(node("groups", TEAM).targets("members")).containsExactly(node("users", ANNE));
        assertThat(node("devices", PRINCIPAL)).isNotNull();
        assertThat(node("users", ANNE).targets("authentication/methods"))
                .extracting(method -> method.kind().collection())
                .containsExactly("phoneMethods");
        assertThat(count("users")).isEqualTo(1);
        assertThat(lines)
                .contains(
                        "left out 1 pages after the last of users",
                        "left out 1 objects that are told as removed",
                        "left out 1 answers without an object");
    }

    @Test
    void policiesOfDevicesWithTheirAssignments() throws IOException {
        write(
                "CompliancePolicies/Phones.json",
                "{'@odata.context':'https://graph.microsoft.com/beta/$metadata#deviceManagement/deviceCompliancePolicies"
                        + "(assignments())/$entity','@odata.type':'#microsoft.graph.iosCompliancePolicy','id':'" + APP
                        + "','displayName':'Phones','passcodeRequired':true,'assignments@odata.context':'x','assignments':[{'id':'"
                        + APP + "_" + TEAM
                        + "','target':{'@odata.type':'#microsoft.graph.groupAssignmentTarget','groupId':'"
                        + TEAM + "'}}],'#microsoft.graph.assign':{'target':'x'}}");
        write("NamedLocations/Office.json", "{'displayName':'Office','isTrusted':true,'ipRanges':[]}");
        write(
                "MigrationTable.json",
                "{'TenantId':'x','Objects':[{'Id':'" + TEAM + "','DisplayName':'Team','Type':'Group'}]}");

        read();

        Node policy = node("deviceCompliancePolicies", APP);
        assertThat(policy.entity().text("@odata.type")).isEqualTo("#microsoft.graph.iosCompliancePolicy");
        assertThat(policy.targets("assignments")).hasSize(1);
        assertThat(policy.entity().toJson().properties())
                .noneMatch(p -> p.getKey().contains("ssign"));
        assertThat(tenant.after(Kinds.all().get("namedLocations"), 0)
                        .get(0)
                        .entity()
                        .text("@odata.type"))
                .isEqualTo("#microsoft.graph.ipNamedLocation");
        assertThat(lines).contains("left out 1 objects of unknown kind (Objects)");
    }

    @Test
    void brokenFilesAndReportsAreNamedAndTheRestIsRead() throws IOException {
        write("users.json", "[{'id':'" + ANNE + "','displayName':'Anne'},{'id':'" + BOB + "','displa");
        write("report.json", "[{'ResourceName':'AADUser','UserPrincipalName':'anne@example.com','Ensure':'Present'}]");

        read();

        assertThat(count("users")).isEqualTo(1);
        assertThat(lines)
                .contains(
                        "left out 1 files that are not whole JSON (users.json)",
                        "left out 1 objects of unknown kind (AADUser)");
    }

    @Test
    void whatWasReadIsToldAgainTheSame() throws IOException {
        aTreeWithAFolderForEveryObjectAndItsRelations();
        List<String> told = new ArrayList<>();
        TenantExport.write(tenant, told::add);
        Path lines = folder.resolve("again.ndjson");
        Files.write(lines, told);

        Tenant again = new Tenant(UUID.randomUUID(), Clock.systemUTC(), 2, new GraphRulebook());
        again.load(TenantImport.read(lines, line -> {}));
        List<String> toldAgain = new ArrayList<>();
        TenantExport.write(again, toldAgain::add);

        assertThat(toldAgain).containsExactlyInAnyOrderElementsOf(told);
    }
}
