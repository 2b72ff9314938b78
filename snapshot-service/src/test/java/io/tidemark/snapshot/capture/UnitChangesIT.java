package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.CaptureReport.TypeCount.Outcome;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.json.JsonText;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Administrative units and their members by delta query, of which nobody need have heard; and by list where Graph has no delta query of them. */
class UnitChangesIT {

    private static final String UNITS = "directory/administrativeUnits";
    private static final String DELTA = "administrativeUnits/delta";
    private static final String OF_UNIT = "administrativeUnits/[^/]+/members";
    private static final String MEMBERS = LinkKind.ADMINISTRATIVE_UNIT_MEMBERS.word();
    private static final String UNIT = ObjectKind.ADMINISTRATIVE_UNIT.word();

    private final FaultyTenant tenant = new FaultyTenant();

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void whoCameAndWhoWentIsInTheNextIncrementalCapture() {
        capture(CaptureMode.FULL);
        String joined = unit("9");
        String left = unit("0");
        String user = tenant.ids("users").get(9);
        String gone = memberOf(left);
        join(joined, user);
        leave(left, gone);

        tenant.memory.history.received.clear();
        AtomicBoolean each = watch(OF_UNIT);
        capture(CaptureMode.INCREMENTAL);

        assertThat(told())
                .containsExactlyInAnyOrder(
                        member(joined, user).text(), member(left, gone).text());
        assertThat(deletion(member(left, gone))).isEqualTo(Deletion.HARD);
        assertThat(each).as("members are told, not asked for").isFalse();
    }

    @Test
    void anExpiredLinkLosesNothing() {
        capture(CaptureMode.FULL);
        String user = tenant.ids("users").get(9);
        String left = unit("0");
        String gone = memberOf(left);
        join(unit("9"), user);
        leave(left, gone);
        tenant.simulator.faults().add(FaultRule.next(Fault.RESYNC, 1, "GET", DELTA));

        tenant.memory.history.received.clear();
        capture(CaptureMode.INCREMENTAL);

        assertThat(told())
                .containsExactlyInAnyOrder(
                        member(unit("9"), user).text(), member(left, gone).text());
    }

    @Test
    void membersGoAndComeWithTheirUnit() {
        capture(CaptureMode.FULL);
        String unit = unit("3");
        StateKey member = member(unit, memberOf(unit));

        String unused = tenant.change("DELETE", UNITS + "/" + unit, "");
        capture(CaptureMode.INCREMENTAL);
        assertThat(deletion(ObjectRef.of(ObjectKind.ADMINISTRATIVE_UNIT, unit).key()))
                .isEqualTo(Deletion.SOFT);
        assertThat(deletion(member)).isEqualTo(Deletion.SOFT);

        unused = tenant.change("POST", "directory/deletedItems/" + unit + "/restore", "");
        tenant.memory.history.received.clear();
        capture(CaptureMode.INCREMENTAL);
        assertThat(deletion(member)).isNull();
    }

    @Test
    void whereGraphHasNoDeltaQueryTheyAreListedAndTheirMembersReadOneByOne() {
        tenant.meddler.refuse(DELTA);
        CaptureResult full = capture(CaptureMode.FULL);
        assertThat(count(full, UNIT).outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(count(full, MEMBERS).outcome()).isEqualTo(Outcome.COMPLETE);
        String user = tenant.ids("users").get(9);
        String renamed = unit("1");
        join(renamed, user);
        join(unit("9"), user);
        String unused = tenant.change("PATCH", UNITS + "/" + renamed, "{\"description\":\"renamed\"}");
        AtomicBoolean asked = watch(DELTA);

        tenant.memory.history.received.clear();
        CaptureResult incremental = tenant.capture(CaptureMode.INCREMENTAL);

        assertThat(incremental.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(told())
                .containsExactlyInAnyOrder(
                        UNIT + "|" + renamed, member(renamed, user).text());
        assertThat(count(incremental, UNIT).outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(count(incremental, MEMBERS).outcome()).isEqualTo(Outcome.CARRIED);
        assertThat(asked)
                .as("what was refused is asked for by full captures only")
                .isFalse();

        capture(CaptureMode.FULL);
        assertThat(asked).isTrue();
        assertThat(deletion(member(unit("9"), user))).isNull();
    }

    @Test
    void aStoreOfBeforeGoesOnWithoutTellingAnythingAgain() {
        tenant.meddler.refuse(DELTA);
        capture(CaptureMode.FULL);
        tenant.meddler.stop();
        tenant.memory.history.received.clear();

        capture(CaptureMode.INCREMENTAL);
        capture(CaptureMode.FULL);
        capture(CaptureMode.INCREMENTAL);

        assertThat(tenant.memory.history.received).isEmpty();
        AtomicBoolean listed = watch("administrativeUnits\\?");
        join(unit("9"), tenant.ids("users").get(9));
        capture(CaptureMode.INCREMENTAL);
        assertThat(told())
                .containsExactly(member(unit("9"), tenant.ids("users").get(9)).text());
        assertThat(listed).isFalse();
    }

    @Test
    void aDeltaQueryThatGraphGivesUpLosesNothing() {
        capture(CaptureMode.FULL);
        String user = tenant.ids("users").get(9);
        join(unit("9"), user);
        tenant.meddler.refuse(DELTA);

        tenant.memory.history.received.clear();
        capture(CaptureMode.INCREMENTAL);

        assertThat(told()).containsExactly(member(unit("9"), user).text());
    }

    @Test
    void aPermissionThatIsMissingIsNamedAndNothingIsListedInstead() {
        AtomicBoolean listed = watch("administrativeUnits\\?");
        FaultRule withdrawn = new FaultRule(Fault.CONSENT_WITHDRAWN, 1, Set.of("GET"), Pattern.compile(DELTA), 0, 0, 0);
        tenant.simulator.faults().add(withdrawn);

        CaptureResult never = tenant.capture(CaptureMode.FULL);

        assertThat(count(never, UNIT).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(count(never, UNIT).reason()).contains("FORBIDDEN", "AdministrativeUnit.Read.All");
        assertThat(count(never, MEMBERS).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(listed).isFalse();

        tenant.simulator.faults().clear();
        capture(CaptureMode.FULL);
        tenant.simulator.faults().add(withdrawn);
        CaptureResult later = tenant.capture(CaptureMode.INCREMENTAL);

        assertThat(later.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(count(later, MEMBERS).outcome()).isEqualTo(Outcome.FAILED);
        tenant.assertTrue(later, tenant.truth());
    }

    private CaptureResult capture(CaptureMode mode) {
        CaptureResult result = tenant.capture(mode);
        assertThat(result.stage()).as(result.report().reason()).isEqualTo(Stage.COMPLETED);
        if (count(result, MEMBERS).outcome() != Outcome.CARRIED) {
            tenant.assertTrue(result, tenant.truth());
        }
        return result;
    }

    /** Becomes true with the next request whose address contains the expression. */
    private AtomicBoolean watch(String where) {
        AtomicBoolean asked = new AtomicBoolean();
        tenant.meddler.before(where, () -> asked.set(true));
        return asked;
    }

    private String unit(String number) {
        return JsonText.parseObject(
                        tenant.change("GET", UNITS + "?$filter=displayName%20eq%20'Unit%20" + number + "'", ""))
                .find("value")
                .map(JsonText::text)
                .map(text -> text.replaceFirst("(?s).*\"id\":\"([^\"]+)\".*", "$1"))
                .orElseThrow();
    }

    private String memberOf(String unit) {
        return tenant.ids(UNITS + "/" + unit + "/members").get(0);
    }

    private void join(String unit, String user) {
        tenant.refer(UNITS + "/" + unit + "/members", user);
    }

    private void leave(String unit, String user) {
        String unused = tenant.change("DELETE", UNITS + "/" + unit + "/members/" + user + "/$ref", "");
    }

    private List<String> told() {
        return tenant.memory.history.received.stream()
                .map(state -> state.key().text())
                .toList();
    }

    private Deletion deletion(StateKey key) {
        return tenant.memory.history.newest.get(key).deleted();
    }

    private static StateKey member(String unit, String user) {
        return Link.of(LinkKind.ADMINISTRATIVE_UNIT_MEMBERS, unit, user).key();
    }

    private static TypeCount count(CaptureResult result, String type) {
        return result.report().types().stream()
                .filter(count -> count.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
