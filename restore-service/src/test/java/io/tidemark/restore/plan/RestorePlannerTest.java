package io.tidemark.restore.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.contracts.RestoreCommand;
import io.tidemark.contracts.RestoreOptions;
import io.tidemark.contracts.Selection;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.restore.plan.OpenPoint.Why;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestorePlannerTest {

    private static final Instant BASELINE = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectRef USER = ObjectRef.of(ObjectKind.USER, "u");
    private static final ObjectRef GROUP = ObjectRef.of(ObjectKind.GROUP, "g");

    private final List<WantedState> wanted = new ArrayList<>();
    private final Map<ObjectRef, LiveObject> live = new HashMap<>();
    private final Map<LinkKind, Map<ObjectId, Set<ObjectId>>> targets = new HashMap<>();
    private final Map<ObjectRef, JsonObject> referrers = new HashMap<>();
    private RestoreOptions options = RestoreOptions.DEFAULTS;
    private Selection selection = Selection.ALL;

    @Test
    void onlyPropertiesThatDifferAreSentAndNullClears() {
        differs(
                USER,
                "{'id':'u','department':'Sales','city':null,'jobTitle':'Boss'}",
                "{'id':'u','department':null,'city':'Ulm','jobTitle':'Boss'}");

        assertThat(onlyPatch().patch()).isEqualTo(json("{'department':'Sales','city':null}"));
        assertThat(onlyPatch().before()).isEqualTo(json("{'department':null,'city':'Ulm'}"));
    }

    @Test
    void aPropertyThatWasNotCapturedIsLeftAlone() {
        differs(USER, "{'id':'u'}", "{'id':'u','city':'Ulm'}");

        assertThat(plan().steps()).isEmpty();
        assertThat(plan().open()).isEmpty();
    }

    @Test
    void aDirectoryExtensionOfAnApplicationThatWasClearedIsSentAgain() {
        differs(
                ObjectRef.of(ObjectKind.APPLICATION, "a"),
                "{'displayName':'Payroll','extension_0123456789abcdef0123456789abcdef_badge':'B-17'}",
                "{'displayName':'Payroll'}");

        assertThat(onlyPatch().patch()).isEqualTo(json("{'extension_0123456789abcdef0123456789abcdef_badge':'B-17'}"));
    }

    @Test
    void anEmptyListClearsACollection() {
        differs(USER, "{'businessPhones':[]}", "{'businessPhones':['1']}");

        assertThat(onlyPatch().patch()).isEqualTo(json("{'businessPhones':[]}"));
    }

    @Test
    void extensionAttributesAreSentWholeWithWhatIsThereWhereNothingDiffers() {
        selection = new Selection(
                List.of(),
                List.of(),
                List.of("onPremisesExtensionAttributes/extensionAttribute1"),
                List.of(),
                null,
                null,
                null,
                null,
                null);
        differs(
                USER,
                "{'onPremisesExtensionAttributes':{'extensionAttribute1':'a','extensionAttribute2':'b'}}",
                "{'onPremisesExtensionAttributes':{'extensionAttribute1':null,'extensionAttribute2':'new'}}");

        assertThat(onlyPatch().patch())
                .isEqualTo(json(
                        "{'onPremisesExtensionAttributes':{'extensionAttribute1':'a','extensionAttribute2':'new'}}"));
    }

    @Test
    void whatCannotBeWrittenIsListedAndNotSent() {
        differs(
                USER,
                "{'usageLocation':null,'creationType':'Invitation','onPremisesImmutableId':'x','assignedLicenses':[{'skuId':'s'}]}",
                "{'usageLocation':'DE','creationType':null,'onPremisesImmutableId':null,'assignedLicenses':[]}");

        assertThat(plan().steps()).isEmpty();
        assertThat(plan().open())
                .extracting(OpenPoint::path, OpenPoint::why)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("usageLocation", Why.UNRESTORABLE),
                        org.assertj.core.groups.Tuple.tuple("creationType", Why.UNRESTORABLE),
                        org.assertj.core.groups.Tuple.tuple("onPremisesImmutableId", Why.UNRESTORABLE),
                        org.assertj.core.groups.Tuple.tuple("assignedLicenses", Why.MANUAL));
    }

    @Test
    void aSyncedUserIsLeftToItsMaster() {
        differs(
                USER,
                "{'onPremisesSyncEnabled':true,'department':'Sales','usageLocation':'DE'}",
                "{'onPremisesSyncEnabled':true,'department':null,'usageLocation':'FR'}");

        assertThat(onlyPatch().patch()).isEqualTo(json("{'usageLocation':'DE'}"));
        assertThat(plan().open()).extracting(OpenPoint::path).containsExactly("department");
    }

    @Test
    void aValueThatWasChangedAgainIsAConflictAndTheRestIsSent() {
        live.put(USER, new LiveObject.Present(json("{'department':'Honest','city':null}")));
        wanted.add(WantedState.present(USER.key(), json("{'department':'Sales','city':'Ulm'}"), Presence.PRESENT, "h")
                .withLatestBody(json("{'department':null,'city':null}")));

        assertThat(onlyPatch().patch()).isEqualTo(json("{'city':'Ulm'}"));
        assertThat(plan().open(Why.CONFLICT)).extracting(OpenPoint::path).containsExactly("department");
    }

    @Test
    void aConflictIsOverwrittenWhenAskedFor() {
        options = new RestoreOptions(
                RestoreOptions.Created.KEEP,
                RestoreOptions.Conflict.OVERWRITE,
                RestoreOptions.PolicyState.REPORT_ONLY,
                true,
                0);
        live.put(USER, new LiveObject.Present(json("{'department':'Honest'}")));
        wanted.add(WantedState.present(USER.key(), json("{'department':'Sales'}"), Presence.PRESENT, "h")
                .withLatestBody(json("{'department':null}")));

        assertThat(onlyPatch().patch()).isEqualTo(json("{'department':'Sales'}"));
    }

    @Test
    void aDeletedGroupComesBackFromTheRecycleBinAndItsLinksAreReadFirst() {
        live.put(GROUP, new LiveObject.Binned(json("{'id':'g','displayName':'Old','groupTypes':[]}")));
        live.put(USER, new LiveObject.Present(json("{'id':'u'}")));
        wanted.add(WantedState.present(
                GROUP.key(), json("{'id':'g','displayName':'Old','groupTypes':[]}"), Presence.SOFT_DELETED, null));
        link(LinkKind.GROUP_MEMBERS, "g", "u", Presence.HARD_DELETED);

        assertThat(steps())
                .containsExactly(
                        new RestoreStep.Undelete(GROUP),
                        new RestoreStep.AddLinks(
                                LinkKind.GROUP_MEMBERS,
                                GROUP.id(),
                                List.of(USER.id()),
                                RestoreStep.AddLinks.Reading.FIRST));
    }

    @Test
    void membersGoTwentyAtATimeAndOwnersOneByOne() {
        live.put(GROUP, new LiveObject.Present(json("{'groupTypes':[]}")));
        IntStream.range(0, 45).forEach(i -> link(LinkKind.GROUP_MEMBERS, "g", "m" + i, Presence.HARD_DELETED));
        IntStream.range(0, 2).forEach(i -> link(LinkKind.GROUP_OWNERS, "g", "o" + i, Presence.HARD_DELETED));

        assertThat(steps().stream()
                        .map(step -> ((RestoreStep.AddLinks) step).targets().size()))
                .containsExactlyInAnyOrder(20, 20, 5, 1, 1);
    }

    @Test
    void aDynamicGroupNeverGetsMembers() {
        live.put(GROUP, new LiveObject.Present(json("{'groupTypes':['DynamicMembership']}")));
        link(LinkKind.GROUP_MEMBERS, "g", "u", Presence.HARD_DELETED);

        assertThat(plan().steps()).isEmpty();
        assertThat(plan().open(Why.FOLLOWS)).hasSize(1);
    }

    @Test
    void aMemberAddedSinceIsRemovedUnlessTheMemberIsNewItself() {
        live.put(GROUP, new LiveObject.Present(json("{'groupTypes':[]}")));
        live.put(
                ObjectRef.of(ObjectKind.USER, "old"),
                new LiveObject.Present(json("{'createdDateTime':'2025-01-01T00:00:00Z'}")));
        live.put(
                ObjectRef.of(ObjectKind.USER, "new"),
                new LiveObject.Present(json("{'createdDateTime':'2026-02-01T00:00:00Z'}")));
        targets.put(LinkKind.GROUP_MEMBERS, Map.of(GROUP.id(), Set.of(new ObjectId("old"), new ObjectId("new"))));
        wanted.add(
                WantedState.absent(Link.of(LinkKind.GROUP_MEMBERS, "g", "old").key(), Presence.PRESENT));
        wanted.add(
                WantedState.absent(Link.of(LinkKind.GROUP_MEMBERS, "g", "new").key(), Presence.PRESENT));

        assertThat(steps())
                .containsExactly(new RestoreStep.RemoveLink(LinkKind.GROUP_MEMBERS, GROUP.id(), new ObjectId("old")));
        assertThat(plan().open(Why.KEPT)).hasSize(1);
    }

    @Test
    void aManagerSetHonestlySinceIsAConflict() {
        live.put(USER, new LiveObject.Present(json("{}")));
        targets.put(LinkKind.USER_MANAGER, Map.of(USER.id(), Set.of(new ObjectId("third"))));
        link(LinkKind.USER_MANAGER, "u", "first", Presence.HARD_DELETED);

        assertThat(plan().steps()).isEmpty();
        assertThat(plan().open(Why.CONFLICT)).hasSize(1);
    }

    @Test
    void aPurgedApplicationIsCreatedAnewAndEverythingFollowsItsNewIds() {
        ObjectRef application = ObjectRef.of(ObjectKind.APPLICATION, "a");
        ObjectRef principal = ObjectRef.of(ObjectKind.SERVICE_PRINCIPAL, "sp");
        ObjectRef policy = ObjectRef.of(ObjectKind.CONDITIONAL_ACCESS_POLICY, "p");
        wanted.add(WantedState.present(
                application.key(),
                json(
                        "{'id':'a','appId':'app','displayName':'Portal','identifierUris':['api://app'],'passwordCredentials':[{'keyId':'k'}]}"),
                Presence.HARD_DELETED,
                null));
        wanted.add(WantedState.present(
                principal.key(), json("{'id':'sp','appId':'app','accountEnabled':true}"), Presence.SOFT_DELETED, null));
        live.put(principal, new LiveObject.Binned(json("{'id':'sp','appId':'app'}")));
        referrers.put(
                policy, json("{'state':'disabled','conditions':{'applications':{'includeApplications':['app']}}}"));

        assertThat(steps().stream().map(RestoreStep::operation)).containsExactly("create", "create", "patch", "patch");
        assertThat(steps().get(0))
                .isEqualTo(new RestoreStep.Create(application, json("{'displayName':'Portal'}"), "app"));
        assertThat(steps().get(1).object()).isEqualTo(principal);
        assertThat(steps().get(2).paths()).containsExactly("identifierUris");
        assertThat(steps().get(3).object()).isEqualTo(policy);
        assertThat(plan().open(Why.MANUAL)).extracting(OpenPoint::path).containsExactly("passwordCredentials");
    }

    @Test
    void aRoleAssignmentScopedToAPurgedApplicationIsListedForItCannotFollow() {
        ObjectRef application = ObjectRef.of(ObjectKind.APPLICATION, "a");
        ObjectRef assignment = ObjectRef.of(ObjectKind.ROLE_ASSIGNMENT, "r");
        wanted.add(WantedState.present(
                application.key(),
                json("{'id':'a','appId':'app','displayName':'Portal'}"),
                Presence.HARD_DELETED,
                null));
        referrers.put(assignment, json("{'id':'r','principalId':'u','directoryScopeId':'/a'}"));

        assertThat(steps().stream().map(RestoreStep::operation)).containsExactly("create");
        assertThat(plan().open(Why.MANUAL))
                .extracting(OpenPoint::type, OpenPoint::id, OpenPoint::path)
                .containsExactly(tuple("roleAssignment", "r", "directoryScopeId"));
    }

    @Test
    void aPolicyThatEnforcesNothingNowComesBackInReportOnlyState() {
        ObjectRef policy = ObjectRef.of(ObjectKind.CONDITIONAL_ACCESS_POLICY, "p");
        differs(policy, "{'displayName':'CA','state':'enabled'}", "{'displayName':'CA','state':'disabled'}");

        assertThat(onlyPatch().patch()).isEqualTo(json("{'state':'enabledForReportingButNotEnforced'}"));
        assertThat(plan().open(Why.CHOSEN)).hasSize(1);
    }

    @Test
    void aPolicyThatIsEnforcedNowStaysEnforcedWhileItsContentComesBack() {
        ObjectRef policy = ObjectRef.of(ObjectKind.CONDITIONAL_ACCESS_POLICY, "p");
        differs(
                policy,
                "{'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa']}}",
                "{'state':'enabled','grantControls':{'operator':'OR','builtInControls':[]}}");

        assertThat(onlyPatch().paths()).containsExactly("grantControls");
        assertThat(plan().open()).isEmpty();
    }

    @Test
    void anEnabledRoleIsDisabledBeforeItIsTakenAway() {
        ObjectRef application = ObjectRef.of(ObjectKind.APPLICATION, "a");
        differs(application, "{'appRoles':[]}", "{'appRoles':[{'id':'r','isEnabled':true}]}");

        assertThat(steps())
                .extracting(step -> ((RestoreStep.PatchProperties) step).patch())
                .containsExactly(json("{'appRoles':[{'id':'r','isEnabled':false}]}"), json("{'appRoles':[]}"));
    }

    @Test
    void whatWasMadeSinceIsKeptUnlessAskedOtherwise() {
        wanted.add(WantedState.absent(USER.key(), Presence.PRESENT));
        live.put(USER, new LiveObject.Present(json("{}")));

        assertThat(plan().steps()).isEmpty();
        assertThat(plan().open(Why.KEPT)).hasSize(1);

        options = new RestoreOptions(
                RestoreOptions.Created.SOFT_DELETE,
                RestoreOptions.Conflict.SKIP,
                RestoreOptions.PolicyState.REPORT_ONLY,
                true,
                0);
        assertThat(steps()).containsExactly(new RestoreStep.SoftDelete(USER));
    }

    @Test
    void whatNoRestoreCanPutBackIsListedWithItsReasonAndNothingIsSentForIt() {
        wanted.add(WantedState.present(
                new StateKey("federatedIdentityCredential", "a~f"), json("{'name':'f'}"), Presence.NEVER, null));
        wanted.add(
                WantedState.present(new StateKey("subscribedSku", "s"), json("{'skuId':'s'}"), Presence.PRESENT, null));
        link(LinkKind.USER_SPONSORS, "u", "v", Presence.NEVER);
        differs(USER, "{'department':'Sales'}", "{'department':null}");

        assertThat(onlyPatch().object()).isEqualTo(USER);
        assertThat(plan().open())
                .extracting(OpenPoint::why, OpenPoint::type, OpenPoint::id, OpenPoint::reason)
                .containsExactlyInAnyOrder(
                        tuple(
                                Why.UNRESTORABLE,
                                "federatedIdentityCredential",
                                "a~f",
                                "is recorded and compared, but cannot be put back by this version"),
                        tuple(Why.UNRESTORABLE, "subscribedSku", "s", "licences are bought"),
                        tuple(
                                Why.UNRESTORABLE,
                                "user.sponsors",
                                "u~v",
                                "is recorded and compared, but cannot be put back by this version"));
    }

    @Test
    void theHashChangesWithEveryPartOfThePlan() {
        differs(USER, "{'department':'Sales'}", "{'department':null}");
        String hash = plan().hash(command());

        live.put(USER, new LiveObject.Present(json("{'department':'x'}")));

        assertThat(plan().hash(command())).isNotEqualTo(hash);
    }

    private void differs(ObjectRef object, String then, String now) {
        wanted.add(WantedState.present(object.key(), json(then), Presence.PRESENT, null));
        live.put(object, new LiveObject.Present(json(now)));
    }

    private void link(LinkKind kind, String source, String target, Presence latest) {
        wanted.add(WantedState.present(Link.of(kind, source, target).key(), JsonObject.EMPTY, latest, null));
    }

    private List<RestoreStep> steps() {
        return plan().steps().stream().map(PlannedStep::step).toList();
    }

    private RestoreStep.PatchProperties onlyPatch() {
        assertThat(plan().steps()).hasSize(1);
        return (RestoreStep.PatchProperties) plan().steps().get(0).step();
    }

    private RestorePlan plan() {
        return RestorePlanner.plan(command(), BASELINE, wanted, new LiveState(live, targets, referrers));
    }

    private RestoreCommand command() {
        return new RestoreCommand(
                "3f0e8a52-6a31-4d7c-9d6e-0c1b2a3d4e5f",
                "command",
                "asker",
                null,
                "snapshot:s",
                selection,
                options,
                null);
    }

    private static JsonObject json(String text) {
        return JsonText.parseObject(text.replace('\'', '"'));
    }
}
