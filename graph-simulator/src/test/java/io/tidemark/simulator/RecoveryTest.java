package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.ClientRegistration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The native backup and recovery. */
class RecoveryTest {

    private static final String ME = "5e5e5e5e-0000-4000-8000-00000000000e";
    private static final String OPERATOR = "44444444-dddd-4ddd-8ddd-444444444444";
    private static final String SNAPSHOTS = "/directory/recovery/snapshots";
    private static final String NAMES = "#microsoft.graph.entraRecoveryServices.recoveryJobEntityNamesFilter";
    private static final String IDS = "#microsoft.graph.entraRecoveryServices.recoveryJobEntityNameAndIdsFilter";

    private Box box;

    @BeforeEach
    void open() {
        box = Box.open(b -> b.time(afterTheDailyBackup()), sink -> {
            sink.object(
                    "users",
                    Json.object()
                            .put("id", ME)
                            .put("displayName", "Operator")
                            .put("accountEnabled", true)
                            .put("userPrincipalName", "me@fabrikam.com"));
            sink.object(
                    "roleAssignments",
                    Json.object()
                            .put("id", "operator")
                            .put("principalId", ME)
                            .put("roleDefinitionId", "b6a27b2b-f905-4b2e-81b5-0d90e0ef1fdb")
                            .put("directoryScopeId", "/"));
        });
        Set<String> may = new TreeSet<>(Box.EVERYTHING);
        may.addAll(Set.of("EntraBackup.Read.All", "EntraBackup.ReadWrite.Preview", "EntraBackup.ReadWrite.Recovery"));
        box.simulator.tenant().register(ClientRegistration.withSecret(OPERATOR, "operator", "s3cret", may));
    }

    /** A clock that starts an hour after a backup, so that no job meets the next one unless a test wants it. */
    private static Clock afterTheDailyBackup() {
        Clock real = Clock.systemUTC();
        return Clock.offset(real, Duration.between(real.instant(), Instant.parse("2026-03-02T23:00:00Z")));
    }

    @AfterEach
    void close() {
        box.close();
    }

    private JsonNode city(String user) {
        return operator().get("/users/" + user + "?$select=city").body().path("city");
    }

    /** A client with a token that is good now: only signed-in users start jobs. */
    private GraphClient operator() {
        return client(true);
    }

    private GraphClient client(boolean user) {
        return new GraphClient(
                box.simulator.graphUrl(),
                GraphClient.token(box.simulator, box.simulator.tenant().id(), OPERATOR, "s3cret", user));
    }

    private void pass(Duration time) {
        box.simulator.clock().advance(time);
    }

    private String newest() {
        return operator().get(SNAPSHOTS).body().at("/value/0/id").asText();
    }

    private static List<String> texts(Answer answer, String member) {
        List<String> found = new ArrayList<>();
        answer.body().path("value").forEach(v -> found.add(v.path(member).asText()));
        return found;
    }

    private String location(Answer accepted) {
        assertThat(accepted.status()).as(accepted.message()).isEqualTo(202);
        return accepted.header("Location").replaceAll(".*/v1.0", "");
    }

    private JsonNode changes(String job) {
        Answer answer = operator().get(job + "/microsoft.graph.entraRecoveryServices.getChanges");
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        return answer.body().path("value");
    }

    /** Starts a recovery of everything and waits for its end. */
    private JsonNode recovered(String body) {
        String job = location(operator().call("POST", SNAPSHOTS + "/" + newest() + "/recoveryJobs", body));
        pass(Duration.ofHours(3));
        JsonNode ended = operator().get(job).body();
        assertThat(ended.path("status").asText()).isEqualTo("successful");
        return ended;
    }

    @Test
    void aBackupIsMadeEveryDayAndSevenAreKept() {
        assertThat(texts(operator().get(SNAPSHOTS), "id")).hasSize(1);
        pass(Duration.ofDays(3));
        assertThat(texts(operator().get(SNAPSHOTS), "id")).hasSize(4);
        pass(Duration.ofDays(30));
        Answer all = operator().get(SNAPSHOTS);

        assertThat(texts(all, "createdDateTime"))
                .hasSize(7)
                .isSortedAccordingTo((a, b) -> b.compareTo(a))
                .allMatch(time -> time.endsWith("T22:00:00Z"));
        JsonNode one = operator()
                .get(SNAPSHOTS + "/" + all.body().at("/value/3/id").asText())
                .body();
        assertThat(new String(
                        java.util.Base64.getDecoder().decode(one.path("id").asText())))
                .isEqualTo(one.path("createdDateTime").asText());
        assertThat(operator().get(SNAPSHOTS + "/MjAyMC0wMS0wMVQwMDowMDowMFo=").status())
                .isEqualTo(404);
        assertThat(operator().delete(SNAPSHOTS + "/" + one.path("id").asText()).status())
                .isEqualTo(405);
        assertThat(texts(operator().get(SNAPSHOTS + "?$top=2&$orderby=createdDateTime asc"), "id"))
                .hasSize(2);
    }

    @Test
    void aPreviewListsWhatChangedSinceTheBackupAndChangesNothing() {
        String kept = box.user("kept");
        String gone = box.user("gone");
        String member = box.user("member");
        String group = box.group("team");
        box.graph.post(
                "/groups/" + group + "/members/$ref",
                "{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/" + member + "'}");
        pass(Duration.ofDays(1));
        GraphClient admin = operator();
        admin.patch(
                "/users/" + kept, "{'department':'Sales','onPremisesExtensionAttributes':{'extensionAttribute1':'x'}}");
        admin.delete("/users/" + gone);
        admin.delete("/groups/" + group + "/members/" + member + "/$ref");
        String made = admin.post(
                        "/groups",
                        "{'displayName':'new','mailEnabled':false,'securityEnabled':true," + "'mailNickname':'new'}")
                .body()
                .path("id")
                .asText();

        String job = location(operator().post(SNAPSHOTS + "/" + newest() + "/recoveryPreviewJobs", "{}"));
        assertThat(operator().get(job + "/getChanges").status()).isEqualTo(400);
        pass(Duration.ofMinutes(30));
        assertThat(operator()
                        .get(job, "Prefer", "include-unknown-enum-members")
                        .body()
                        .path("status")
                        .asText())
                .isEqualTo("loadingData");
        pass(Duration.ofMinutes(31));
        JsonNode ended = operator().get(job).body();

        assertThat(ended.path("status").asText()).isEqualTo("successful");
        assertThat(ended.path("totalChangedObjectsCalculated").asInt()).isEqualTo(4);
        assertThat(ended.path("totalChangedLinksCalculated").asInt()).isEqualTo(1);
        JsonNode found = changes(job);
        assertThat(found.findValuesAsText("recoveryAction"))
                .containsExactlyInAnyOrder("update", "restore", "update", "softDelete");
        for (JsonNode change : found) {
            String id = change.path("id").asText();
            JsonNode delta = change.path("deltaFromCurrent");
            if (id.equals(kept)) {
                // Extension attributes are not put back.
                assertThat(delta.properties()).hasSize(2);
                assertThat(delta.path("department").isNull()).isTrue();
                assertThat(change.at("/currentState/department").asText()).isEqualTo("Sales");
            } else if (id.equals(gone)) {
                assertThat(delta.has("deletedDateTime")).isTrue();
            } else if (id.equals(made)) {
                assertThat(delta.at("/@removed/reason").asText()).isEqualTo("changed");
            } else {
                assertThat(delta.at("/members@delta/0/id").asText()).isEqualTo(member);
            }
        }
        assertThat(operator().get(job + "/getChanges?$top=3").body().path("value"))
                .hasSize(3);
        assertThat(operator().get("/users/" + gone).status()).isEqualTo(404);
    }

    @Test
    void aRecoveryPutsBackObjectsAndLinksButNeitherOwnersNorWhatIsGoneForGood() {
        String kept = box.user("kept");
        String gone = box.user("gone");
        String purged = box.user("purged");
        String group = box.group("team");
        for (String relation : List.of("members", "owners")) {
            box.graph.post(
                    "/groups/" + group + "/" + relation + "/$ref",
                    "{'@odata.id':'https://graph.microsoft.com/v1.0/users/" + kept + "'}");
        }
        box.graph.post(
                "/groups/" + group + "/owners/$ref",
                "{'@odata.id':'https://graph.microsoft.com/v1.0/users/" + gone + "'}");
        pass(Duration.ofDays(1));
        GraphClient admin = operator();
        admin.delete("/groups/" + group + "/owners/" + kept + "/$ref");
        admin.patch("/users/" + kept, "{'jobTitle':'Intruder'}");
        admin.delete("/users/" + gone);
        admin.delete("/users/" + purged);
        admin.delete("/directory/deletedItems/" + purged);
        admin.delete("/groups/" + group + "/members/" + kept + "/$ref");
        String intruder = admin.post(
                        "/users",
                        "{'accountEnabled':true,'displayName':'x','mailNickname':'x','userPrincipalName':'x@example.com',"
                                + "'passwordProfile':{'password':'Xw4!longEnough'}}")
                .body()
                .path("id")
                .asText();
        String delta = admin.get("/users/delta?$deltatoken=latest")
                .body()
                .path("@odata.deltaLink")
                .asText();

        JsonNode ended = recovered(null);

        assertThat(ended.path("totalObjectsModified").asInt()).isEqualTo(4);
        assertThat(ended.path("totalLinksModified").asInt()).isEqualTo(1);
        assertThat(ended.path("totalFailedChanges").asInt()).isZero();
        GraphClient later = operator();
        assertThat(later.get("/users/" + kept).body().path("jobTitle").isNull()).isTrue();
        assertThat(later.get("/users/" + gone).status()).isEqualTo(200);
        assertThat(later.get("/users/" + purged).status()).isEqualTo(404);
        assertThat(later.get("/directory/deletedItems/" + intruder).status()).isEqualTo(200);
        assertThat(texts(later.get("/groups/" + group + "/members"), "id")).containsExactly(kept);
        assertThat(texts(later.get("/groups/" + group + "/owners"), "id")).containsExactly(gone);
        // No delta query tells any of it.
        assertThat(later.get(delta).body().path("value")).isEmpty();
        assertThat(texts(later.get("/auditLogs/directoryAudits?$filter=category eq 'Backup and Recovery'"), "result"))
                .hasSize(2)
                .containsOnly("success");
    }

    @Test
    void onlyOneJobRunsAndACancelledOneKeepsWhatItDid() {
        List<String> users =
                IntStream.range(0, 60).mapToObj(i -> box.user("u" + i)).toList();
        pass(Duration.ofDays(1));
        GraphClient admin = operator();
        users.forEach(id -> admin.patch("/users/" + id, "{'city':'Elsewhere'}"));
        String jobs = SNAPSHOTS + "/" + newest() + "/recoveryJobs";
        String job = location(operator().post(jobs, "{}"));

        assertThat(operator().post(jobs, "{}").status()).isEqualTo(409);
        // An hour of reading, 60 comparisons at 37 a second, then 4.6 changes a second.
        pass(Duration.ofSeconds(3600));
        operator().get(job);
        pass(Duration.ofSeconds(8));
        operator().get(job);
        assertThat(operator()
                        .get("/directory/recovery/jobs")
                        .body()
                        .at("/value/0/status")
                        .asText())
                .isEqualTo("running");
        Answer cancelled =
                operator().call("POST", "/directory/recovery/jobs/" + job.replaceAll(".*/", "") + "/cancel", null);

        assertThat(cancelled.status()).isEqualTo(202);
        JsonNode ended = operator().get(job).body();
        assertThat(ended.path("status").asText()).isEqualTo("abandoned");
        assertThat(ended.path("totalObjectsModified").asInt()).isBetween(20, 40);
        long back = users.stream().filter(id -> city(id).isNull()).count();
        assertThat(back).isEqualTo(ended.path("totalObjectsModified").asInt());
        assertThat(operator()
                        .call("POST", "/directory/recovery/jobs/" + job.replaceAll(".*/", "") + "/cancel", null)
                        .status())
                .isEqualTo(400);
        assertThat(operator().post(jobs, "{}").status()).isEqualTo(202);
    }

    @Test
    void aJobIsNarrowedToTypesOrToAHundredIds() {
        String one = box.user("one");
        String other = box.user("other");
        String group = box.group("named");
        pass(Duration.ofDays(1));
        GraphClient admin = operator();
        for (String id : List.of(one, other)) {
            admin.patch("/users/" + id, "{'city':'Elsewhere'}");
        }
        admin.patch("/groups/" + group, "{'description':'changed'}");
        recovered("{'filteringCriteria':{'@odata.type':'" + IDS
                + "','filterValues':[{'entityType':'user','entityIds':['" + one + "']}]}}");
        assertThat(city(one).isNull()).isTrue();
        assertThat(city(other).asText()).isEqualTo("Elsewhere");
        recovered("{'filteringCriteria':{'@odata.type':'" + NAMES + "','entityTypes':['group']}}");
        assertThat(operator().get("/groups/" + group).body().path("description").isNull())
                .isTrue();
        assertThat(city(other).asText()).isEqualTo("Elsewhere");

        String many = IntStream.range(0, 101)
                .mapToObj(i -> "'" + String.format("00000000-0000-4000-8000-%012d", i) + "'")
                .collect(Collectors.joining(","));
        String jobs = SNAPSHOTS + "/" + newest() + "/recoveryJobs";
        assertThat(operator()
                        .post(
                                jobs,
                                "{'filteringCriteria':{'@odata.type':'" + IDS
                                        + "','filterValues':[{'entityType':'user','entityIds':[" + many + "]}]}}")
                        .status())
                .isEqualTo(400);
        assertThat(operator()
                        .post(jobs, "{'filteringCriteria':{'@odata.type':'" + NAMES + "','entityTypes':['device']}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whatCannotBePutBackIsToldAmongTheFailedChanges() {
        String victim = box.user("victim");
        pass(Duration.ofDays(1));
        GraphClient admin = operator();
        admin.patch("/users/" + victim, "{'userPrincipalName':'renamed@example.com'}");
        box.simulator.clock().advance(Duration.ofMinutes(1));
        String squatter = admin.post(
                        "/users",
                        "{'accountEnabled':true,'displayName':'s','mailNickname':'s','userPrincipalName':"
                                + "'victim@example.com','passwordProfile':{'password':'Xw4!longEnough'}}")
                .body()
                .path("id")
                .asText();
        String job = location(operator()
                .post(
                        SNAPSHOTS + "/" + newest() + "/recoveryJobs",
                        "{'filteringCriteria':{'@odata.type':'" + IDS
                                + "','filterValues':[{'entityType':'user','entityIds':['" + victim + "']}]}}"));
        pass(Duration.ofHours(2));
        JsonNode failed = operator().get(job + "/getFailedChanges").body().path("value");

        assertThat(operator().get(job).body().path("totalFailedChanges").asInt())
                .isEqualTo(1);
        assertThat(failed.path(0).path("id").asText()).isEqualTo(victim);
        assertThat(failed.path(0).path("failureMessage").asText()).isNotBlank();
        assertThat(operator()
                        .get("/users/" + squatter)
                        .body()
                        .path("userPrincipalName")
                        .asText())
                .isEqualTo("victim@example.com");
    }

    @Test
    void applicationsOnTheirOwnStartNoJobButMayRead() {
        GraphClient alone = client(false);
        String snapshot = alone.get(SNAPSHOTS).body().at("/value/0/id").asText();

        assertThat(snapshot).isNotEmpty();
        assertThat(alone.post(SNAPSHOTS + "/" + snapshot + "/recoveryPreviewJobs", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(alone.get("/directory/recovery/jobs").status()).isEqualTo(200);
        assertThat(box.holding("User.Read.All").get("/directory/recovery/jobs").status())
                .isEqualTo(403);
    }

    @Test
    void whoHoldsNoRoleForItStartsNoJob() {
        String jobs = SNAPSHOTS + "/" + newest() + "/recoveryJobs";
        assertThat(box.graph
                        .delete("/roleManagement/directory/roleAssignments/operator")
                        .status())
                .isEqualTo(204);

        assertThat(operator().call("POST", jobs, null).status()).isEqualTo(403);
        assertThat(operator().get("/directory/recovery/jobs").body().path("value"))
                .isEmpty();
    }
}
