package io.tidemark.restore.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.RestoreCommand;
import io.tidemark.contracts.RestoreOptions;
import io.tidemark.contracts.Selection;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.restore.plan.OpenPoint;
import io.tidemark.restore.plan.PlannedStep;
import io.tidemark.restore.plan.RestorePlan;
import io.tidemark.restore.plan.RestoreStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreGuardTest {

    private static final ObjectRef POLICY = ObjectRef.of(ObjectKind.CONDITIONAL_ACCESS_POLICY, "p");
    private static final String EMERGENCY = "emergency";

    private final Map<ObjectRef, JsonObject> properties = new HashMap<>();
    private final Map<String, Set<String>> groups = new HashMap<>(Map.of(EMERGENCY, Set.of("emergency-group")));
    private Set<String> breakGlass = Set.of(EMERGENCY);
    private Set<ObjectKind> allowed = Set.of();

    @ParameterizedTest(name = "{0} {1} is blocked: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            enabled  | 'includeUsers':['All']                                                              | true
            disabled | 'includeUsers':['All']                                                              | false
            enabledForReportingButNotEnforced | 'includeUsers':['All']                                     | false
            enabled  | 'includeUsers':['All'],'excludeUsers':['emergency']                                 | false
            enabled  | 'includeUsers':['All'],'excludeGroups':['emergency-group']                          | false
            enabled  | 'includeUsers':['All'],'excludeGroups':['other-group']                              | true
            enabled  | 'includeUsers':['somebody']                                                         | false
            enabled  | 'includeUsers':['emergency']                                                        | true
            enabled  | 'includeGroups':['emergency-group']                                                 | true
            enabled  | 'includeGroups':['other-group']                                                     | false
            enabled  | 'includeRoles':['62e90394-69f5-4237-9190-012177145e10']                             | true
            """)
    void aPolicyThatCouldLockEverybodyOutIsBlocked(String state, String users, boolean blocked) {
        Verdict verdict = judge(create("{'state':'" + state + "','conditions':{'users':{" + users + "}}}"));

        assertThat(verdict.plan().steps().get(0).isBlocked()).isEqualTo(blocked);
        assertThat(verdict.plan().open(OpenPoint.Why.BLOCKED)).hasSize(blocked ? 1 : 0);
    }

    @Test
    void anAccountWhoseGroupsAreUnknownCountsAsMemberOfAll() {
        groups.clear();

        assertThat(isBlocked(create("{'state':'enabled','conditions':{'users':{'includeGroups':['any']}}}")))
                .isTrue();
        assertThat(isBlocked(create(
                        "{'state':'enabled','conditions':{'users':{'includeUsers':['All'],'excludeGroups':['any']}}}")))
                .isTrue();
    }

    @Test
    void withoutBreakGlassAccountsNothingIsEnforcedForEverybody() {
        breakGlass = Set.of();

        assertThat(isBlocked(create("{'state':'enabled','conditions':{'users':{'includeUsers':['All']}}}")))
                .isTrue();
        assertThat(isBlocked(create("{'state':'enabled','conditions':{'users':{'includeUsers':['one']}}}")))
                .isFalse();
    }

    @Test
    void aPolicyForThisSystemsOwnServicePrincipalIsBlocked() {
        assertThat(
                        isBlocked(
                                create(
                                        "{'state':'enabled','conditions':{'users':{},'clientApplications':{'includeServicePrincipals':['own']}}}")))
                .isTrue();
        assertThat(
                        isBlocked(
                                create(
                                        "{'state':'enabled','conditions':{'users':{},'clientApplications':{'includeServicePrincipals':['ServicePrincipalsInMyTenant'],'excludeServicePrincipals':['own']}}}")))
                .isFalse();
    }

    @Test
    void aPatchIsJudgedByWhatThePolicyWouldBe() {
        properties.put(POLICY, json("{'state':'disabled','conditions':{'users':{'includeUsers':['All']}}}"));

        assertThat(isBlocked(new RestoreStep.PatchProperties(
                        POLICY, json("{'state':'enabled'}"), json("{'state':'disabled'}"))))
                .isTrue();
        assertThat(isBlocked(new RestoreStep.PatchProperties(
                        POLICY, json("{'displayName':'x'}"), json("{'displayName':'y'}"))))
                .isFalse();
    }

    @Test
    void anUndeletedPolicyIsJudgedByTheStateInWhichItWasDeleted() {
        properties.put(POLICY, json("{'state':'enabled','conditions':{'users':{'includeUsers':['All']}}}"));

        assertThat(isBlocked(new RestoreStep.Undelete(POLICY))).isTrue();
    }

    @Test
    void roleAssignmentsAreProtectedUnlessAllowed() {
        RestoreStep step = new RestoreStep.Create(
                ObjectRef.of(ObjectKind.ROLE_ASSIGNMENT, "r"), json("{'principalId':'x'}"), null);

        assertThat(isBlocked(step)).isTrue();
        allowed = Set.of(ObjectKind.ROLE_ASSIGNMENT);
        assertThat(isBlocked(step)).isFalse();
    }

    @Test
    void membershipOfARoleAssignableGroupIsProtectedToo() {
        ObjectRef group = ObjectRef.of(ObjectKind.GROUP, "g");
        properties.put(group, json("{'isAssignableToRole':true}"));

        assertThat(isBlocked(new RestoreStep.AddLinks(
                        LinkKind.GROUP_MEMBERS,
                        group.id(),
                        List.of(new ObjectId("u")),
                        RestoreStep.AddLinks.Reading.NOT_NEEDED)))
                .isTrue();
    }

    @Test
    void ourOwnApplicationAndBreakGlassAccountsAreNotTouched() {
        ObjectRef application = ObjectRef.of(ObjectKind.APPLICATION, "a");
        properties.put(application, json("{'appId':'own'}"));

        assertThat(isBlocked(
                        new RestoreStep.PatchProperties(application, json("{'notes':'x'}"), json("{'notes':null}"))))
                .isTrue();
        assertThat(isBlocked(new RestoreStep.SoftDelete(ObjectRef.of(ObjectKind.USER, EMERGENCY))))
                .isTrue();
    }

    @Test
    void manyObjectsNeedASecondPersonAndVeryManyAreRefused() {
        assertThat(judge(patches(5)).secondPerson()).isEmpty();
        assertThat(judge(patches(6)).secondPerson()).hasSize(1);
        assertThat(judge(patches(6)).refusal()).isNull();
        assertThat(judge(patches(11)).refusal()).contains("11 objects");
    }

    @Test
    void theCommandsOwnLimitIsKept() {
        assertThat(judge(command(3), patches(4)).refusal()).contains("allows 3");
        assertThat(judge(command(12), patches(11)).refusal()).isNull();
    }

    @Test
    void moreDeletionsThanAllowedAreRefused() {
        RestoreStep[] deletions = new RestoreStep[3];
        for (int i = 0; i < deletions.length; i++) {
            deletions[i] = new RestoreStep.SoftDelete(ObjectRef.of(ObjectKind.USER, "u" + i));
        }

        assertThat(judge(deletions).refusal()).contains("deletes 3");
    }

    @Test
    void anOldPlanIsStale() {
        Instant now = Instant.parse("2026-01-01T12:00:00Z");

        assertThat(guard().isStale(now.minusSeconds(3_599), now)).isFalse();
        assertThat(guard().isStale(now.minusSeconds(3_601), now)).isTrue();
    }

    private boolean isBlocked(RestoreStep step) {
        return judge(step).plan().steps().get(0).isBlocked();
    }

    private static RestoreStep create(String body) {
        return new RestoreStep.Create(POLICY, json(body), null);
    }

    private static RestoreStep[] patches(int count) {
        RestoreStep[] steps = new RestoreStep[count];
        for (int i = 0; i < count; i++) {
            steps[i] = new RestoreStep.PatchProperties(
                    ObjectRef.of(ObjectKind.USER, "u" + i), json("{'city':'a'}"), json("{'city':'b'}"));
        }
        return steps;
    }

    private Verdict judge(RestoreStep... steps) {
        return judge(command(0), steps);
    }

    private Verdict judge(RestoreCommand command, RestoreStep... steps) {
        List<PlannedStep> planned = new ArrayList<>();
        for (RestoreStep step : steps) {
            planned.add(new PlannedStep(planned.size(), 0, "id" + planned.size(), step, null));
        }
        return guard().judge(
                        command, new RestorePlan(planned, List.of()), new GuardFacts(properties, groups, Map.of()));
    }

    private RestoreGuard guard() {
        return new RestoreGuard(
                new GuardLimits(breakGlass, Set.of("own"), 5, 10, 2, 0.5, allowed, Duration.ofHours(1)));
    }

    private static RestoreCommand command(int maxObjects) {
        return new RestoreCommand(
                "3f0e8a52-6a31-4d7c-9d6e-0c1b2a3d4e5f",
                "command",
                "asker",
                null,
                "snapshot:s",
                Selection.ALL,
                new RestoreOptions(
                        RestoreOptions.Created.KEEP,
                        RestoreOptions.Conflict.SKIP,
                        RestoreOptions.PolicyState.AS_RECORDED,
                        true,
                        maxObjects),
                null);
    }

    private static JsonObject json(String text) {
        return JsonText.parseObject(text.replace('\'', '"'));
    }
}
