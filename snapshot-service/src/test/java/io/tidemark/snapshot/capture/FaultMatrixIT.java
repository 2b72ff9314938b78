package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.snapshot.ExportedTenant;
import io.tidemark.snapshot.capture.MeddledGraph.Mischief;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever goes wrong with reading, in whatever form: a type is complete and true or named with its reason, nothing that is there is told to
 * be deleted, and the next capture that nobody disturbs mends it all.
 */
class FaultMatrixIT {

    /** The ways in which kinds and links are read, each by one that is read so. */
    enum Form {
        DELTA("users/delta", "user"),
        LINKS_BY_DELTA("groups/delta", "group"),
        DELTA_OR_LIST("administrativeUnits/delta", "administrativeUnit"),
        LIST("/roleManagement/directory/roleDefinitions", "roleDefinition"),
        LIST_AHEAD("/groupSettings$", "groupSetting"),
        LIST_BESIDE("/identity/conditionalAccess/policies", "conditionalAccessPolicy"),
        SINGLETON("/policies/authorizationPolicy", "authorizationPolicy"),
        CHILDREN("/assignmentPolicies", "accessPackageAssignmentPolicy"),
        CHILDREN_BESIDE("expand=federatedIdentityCredentials", "federatedIdentityCredential"),
        LINKS_BY_EXPAND("expand=sponsors", "user.sponsors"),
        LINKS_BY_ONE("/claimsMappingPolicies/[^/]+/appliesTo", "claimsMappingPolicy.appliesTo");

        private final String route;
        private final String type;

        Form(String route, String type) {
            this.route = route;
            this.type = type;
        }

        boolean isHurtBy(Fault fault) {
            return switch (fault) {
                case TRUNCATED, EXPIRED_PAGE -> hasPages();
                case RESYNC -> isDelta();
                default -> true;
            };
        }

        boolean canBe(Mischief mischief) {
            return mischief.name().startsWith("PAGE") ? hasPages() : mischief != Mischief.NO_LIST || this != SINGLETON;
        }

        boolean hasPages() {
            return isDelta() || this == LIST || this == LINKS_BY_EXPAND;
        }

        private boolean isDelta() {
            return this == DELTA || this == LINKS_BY_DELTA || this == DELTA_OR_LIST;
        }
    }

    private static final Set<Fault> ALWAYS_PASS = EnumSet.of(
            Fault.THROTTLED,
            Fault.UNAVAILABLE,
            Fault.ANSWER_LOST,
            Fault.TRUNCATED,
            Fault.HTML_PAGE,
            Fault.CLAIMS_CHALLENGE,
            Fault.TOKEN_EXPIRED,
            Fault.RESYNC,
            Fault.EXPIRED_PAGE);

    private static final Set<Fault> NEVER_PASS = EnumSet.of(
            Fault.SERVER_ERROR,
            Fault.TRUNCATED,
            Fault.HTML_PAGE,
            Fault.CONSENT_WITHDRAWN,
            Fault.EXPIRED_PAGE,
            Fault.RESYNC);

    private static final Set<Form> ALL = EnumSet.allOf(Form.class);

    // Where users cannot be read, nobody asks for what hangs on them.
    private static final Set<Form> FIRST = EnumSet.of(Form.DELTA, Form.LIST, Form.SINGLETON, Form.CHILDREN);
    private static final List<Set<Form>> FIRST_AND_OTHERS = List.of(FIRST, EnumSet.complementOf(EnumSet.copyOf(FIRST)));

    private static FaultyTenant tenant;
    private static Map<String, String> truth;

    @BeforeAll
    static void start() {
        tenant = new FaultyTenant();
        tenant.applyClaims(tenant.claimsPolicy());
        truth = tenant.truth();
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @BeforeEach
    void forget() {
        tenant.forget();
    }

    @Test
    void theTruthIsWhatTheTenantItselfTells() {
        ExportedTenant exported = ExportedTenant.of(tenant.simulator.controlUrl());

        Map<String, JsonObject> told = tenant.told();

        assertThat(told.keySet()).isEqualTo(truth.keySet());
        assertThat(told.keySet())
                .filteredOn(key -> ExportedTenant.tellsOf(key.substring(0, key.indexOf('|'))))
                .containsExactlyInAnyOrderElementsOf(exported.present());
        assertThat(exported.differences(told)).isEmpty();
    }

    @Test
    void theTruthDoesNotPassIfOneValueOrObjectIsAnother() {
        ExportedTenant exported = ExportedTenant.of(tenant.simulator.controlUrl());
        Map<String, JsonObject> told = tenant.told();
        String user = FaultyTenant.ofType(truth, "user").keySet().iterator().next();
        String unit = FaultyTenant.ofType(truth, "administrativeUnit")
                .keySet()
                .iterator()
                .next();
        told.computeIfPresent(user, (key, body) -> body.with("displayName", new JsonString("somebody else")));
        told.remove(unit);

        assertThat(exported.differences(told))
                .satisfiesExactlyInAnyOrder(
                        difference -> assertThat(difference).startsWith(user + " displayName: "),
                        difference -> assertThat(difference).isEqualTo(unit + " is not told"));
    }

    @ParameterizedTest
    @EnumSource
    void everyFormHasSomethingToRead(Form form) {
        assertThat(FaultyTenant.ofType(truth, form.type)).isNotEmpty();
    }

    static Set<Fault> passing() {
        return ALWAYS_PASS;
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aFaultThatPassesLeavesNoTrace(Fault fault) {
        for (boolean known : List.of(false, true)) {
            fault(ALL, fault, 1);
            tenant.memory.history.received.clear();

            assertComplete(tenant.capture(CaptureMode.FULL));

            tenant.simulator.faults().clear();
            assertThat(tenant.memory.history.received.isEmpty()).isEqualTo(known);
        }
    }

    static Stream<Arguments> lasting() {
        return FIRST_AND_OTHERS.stream().flatMap(forms -> NEVER_PASS.stream().map(fault -> Arguments.of(forms, fault)));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void aFaultThatLastsIsNamedAndMendedByTheNextCapture(Set<Form> forms, Fault fault) {
        for (boolean known : List.of(false, true)) {
            fault(forms, fault, 0);

            CaptureResult disturbed = tenant.capture(CaptureMode.FULL);

            tenant.simulator.faults().clear();
            tenant.assertTrue(disturbed, truth);
            for (Form form : forms) {
                boolean optional = fault == Fault.CONSENT_WITHDRAWN && !known && form != Form.DELTA;
                if (form.isHurtBy(fault) && !optional) {
                    assertNamed(disturbed, form);
                }
            }
            assertComplete(tenant.capture(
                    known || fault == Fault.CONSENT_WITHDRAWN ? CaptureMode.FULL : CaptureMode.INCREMENTAL));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsShownOtherwiseThanItIsDoesNoHarm(Mischief mischief) {
        for (boolean known : List.of(false, true)) {
            for (Form form : ALL) {
                if (form.canBe(mischief)) {
                    tenant.meddler.meddle(mischief, form.route, 1);
                }
            }
            tenant.memory.history.received.clear();

            CaptureResult disturbed = tenant.capture(CaptureMode.FULL);

            assertThat(tenant.meddler.waiting()).isEmpty();
            tenant.meddler.stop();
            assertComplete(disturbed);
            assertThat(tenant.memory.history.received.isEmpty()).isEqualTo(known);
        }
    }

    static List<Set<Form>> groups() {
        return FIRST_AND_OTHERS;
    }

    @ParameterizedTest
    @MethodSource("groups")
    void anErrorThatAlwaysCallsItselfSuccessIsNamed(Set<Form> forms) {
        assertComplete(tenant.capture(CaptureMode.FULL));
        forms.forEach(form -> tenant.meddler.meddle(Mischief.ERROR_CALLED_SUCCESS, form.route, Integer.MAX_VALUE));

        CaptureResult disturbed = tenant.capture(CaptureMode.FULL);

        tenant.meddler.stop();
        tenant.assertTrue(disturbed, truth);
        forms.forEach(form -> assertNamed(disturbed, form));
        assertComplete(tenant.capture(CaptureMode.FULL));
    }

    private static void fault(Set<Form> forms, Fault fault, int times) {
        for (Form form : forms) {
            int skip = form.hasPages() ? 1 : 0;
            tenant.simulator
                    .faults()
                    .add(new FaultRule(fault, 1, Set.of("GET"), Pattern.compile(form.route), skip, times, 1));
        }
    }

    private static void assertComplete(CaptureResult result) {
        assertThat(result.report().reason()).isNull();
        assertThat(result.stage()).isEqualTo(Stage.COMPLETED);
        tenant.assertTrue(result, truth);
    }

    private static void assertNamed(CaptureResult result, Form form) {
        assertThat(result.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(result.report().reason()).contains(form.type);
        assertThat(result.report().types())
                .filteredOn(count -> count.type().equals(form.type))
                .singleElement()
                .extracting(TypeCount::outcome)
                .isEqualTo(TypeCount.Outcome.FAILED);
    }
}
