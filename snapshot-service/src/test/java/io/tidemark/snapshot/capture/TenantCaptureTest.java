package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.canonical.SetDigest;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.snapshot.cursor.CrashingCursorStore;
import io.tidemark.snapshot.cursor.InMemoryCursorStore;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of capturing, over tenants made from a seed. After a capture that saw the tenant at rest, history is the tenant. */
class TenantCaptureTest {

    private static final TenantId TENANT = new TenantId(new UUID(1, 2));
    static final ObjectKind[] KINDS = {
        ObjectKind.USER,
        ObjectKind.GROUP,
        ObjectKind.APPLICATION,
        ObjectKind.SERVICE_PRINCIPAL,
        ObjectKind.DEVICE,
        ObjectKind.ADMINISTRATIVE_UNIT,
        ObjectKind.NAMED_LOCATION,
        ObjectKind.CONDITIONAL_ACCESS_POLICY,
        ObjectKind.ROLE_ASSIGNMENT,
        ObjectKind.FEDERATED_IDENTITY_CREDENTIAL
    };

    // A clock that stands still shows whether every state still has a moment of its own.
    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private final CrashingCursorStore store = new CrashingCursorStore(new InMemoryCursorStore());
    private final HistoryInMemory history = new HistoryInMemory();
    private long fence;

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void historyIsTheTenantAfterEveryCapture(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = tenant(seed, random);
        assertCaptured(tenant, capture(tenant, CaptureMode.FULL));

        for (int round = 0; round < 6; round++) {
            change(tenant, random, 1 + random.nextInt(25));

            CaptureResult result = capture(tenant, random.nextInt(4) == 0 ? CaptureMode.FULL : CaptureMode.INCREMENTAL);

            assertCaptured(tenant, result);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatChangesWhileItIsReadIsSeenByTheNextCapture(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = tenant(seed, random);
        for (int round = 0; round < 4; round++) {
            tenant.beforePage = () -> change(tenant, random, 3);
            capture(tenant, random.nextBoolean() ? CaptureMode.FULL : CaptureMode.INCREMENTAL);
            tenant.beforePage = () -> {};

            CaptureResult quiet = capture(tenant, CaptureMode.FULL);

            assertCaptured(tenant, quiet);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostWhereverTheProcessEnds(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = tenant(seed, random);
        for (int round = 0; round < 6; round++) {
            for (int crash = 0; crash < 3; crash++) {
                change(tenant, random, 1 + random.nextInt(10));
                crashOnce(tenant, random);
            }

            CaptureResult result = capture(tenant, random.nextBoolean() ? CaptureMode.FULL : CaptureMode.INCREMENTAL);

            assertCaptured(tenant, result);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aTenantAtRestIsNotPublishedAgain(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = tenant(seed, random);
        change(tenant, random, 20);
        capture(tenant, CaptureMode.FULL);
        history.received.clear();

        capture(tenant, CaptureMode.INCREMENTAL);
        capture(tenant, CaptureMode.FULL);

        assertThat(history.received).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aTargetedCaptureBringsTheNamedObjectsUpToDate(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = tenant(seed, random);
        capture(tenant, CaptureMode.FULL);
        change(tenant, random, 15);
        List<ObjectRef> named = tenant.all(KINDS).stream().limit(10).toList();

        capture(tenant, CaptureMode.TARGETED, named);

        for (ObjectRef ref : named) {
            assertThat(history.newest.get(ref.key()).stateHash())
                    .isEqualTo(Canonicaliser.hash(
                                    ref.kind(),
                                    Shape.of(ref.kind(), tenant.objects().get(ref)))
                            .hex());
        }
        assertCaptured(tenant, capture(tenant, CaptureMode.INCREMENTAL));
    }

    @Test
    void anObjectThatComesBackComesWithItsLinks() {
        FakeTenant tenant = new FakeTenant(1);
        ObjectRef user = tenant.create(ObjectKind.USER);
        ObjectRef manager = tenant.create(ObjectKind.USER);
        ObjectRef group = tenant.create(ObjectKind.GROUP);
        tenant.link(LinkKind.USER_MANAGER, user, manager);
        tenant.link(LinkKind.GROUP_MEMBERS, group, user);
        capture(tenant, CaptureMode.FULL);
        StateKey membership = new Link(LinkKind.GROUP_MEMBERS, group.id(), user.id()).key();

        tenant.delete(user);
        capture(tenant, CaptureMode.INCREMENTAL);
        assertThat(history.newest.get(user.key()).deleted()).isEqualTo(Deletion.SOFT);
        assertThat(history.newest.get(membership).deleted()).isEqualTo(Deletion.SOFT);

        tenant.restore(user);
        capture(tenant, CaptureMode.INCREMENTAL);
        assertThat(history.newest.get(user.key()).deleted()).isNull();
        assertThat(history.newest.get(membership).deleted()).isNull();

        tenant.delete(user);
        tenant.purge(user);
        capture(tenant, CaptureMode.INCREMENTAL);
        assertThat(history.newest.get(user.key()).deleted()).isEqualTo(Deletion.HARD);
        assertThat(history.newest.get(membership).deleted()).isEqualTo(Deletion.HARD);
    }

    @Test
    void whatNoDeltaQueryAsksForIsKeptToTheByte() {
        FakeTenant tenant = new FakeTenant(2);
        ObjectRef application = tenant.create(ObjectKind.APPLICATION);
        ObjectRef agent = tenant.create(ObjectKind.SERVICE_PRINCIPAL);
        tenant.set(application, "newerThanTheCatalogue", JsonText.parse("{\"big\":9007199254740993,\"price\":1.50}"));
        tenant.set(agent, "@odata.type", new JsonString("#microsoft.graph.brandNewPrincipal"));

        capture(tenant, CaptureMode.FULL);

        assertThat(body(application).find("newerThanTheCatalogue").map(JsonText::text))
                .contains("{\"big\":9007199254740993,\"price\":1.50}");
        assertThat(body(agent).findString("@odata.type")).contains("#microsoft.graph.brandNewPrincipal");

        tenant.set(application, "newerThanTheCatalogue", JsonNull.NULL);
        capture(tenant, CaptureMode.INCREMENTAL);

        assertThat(body(application).find("newerThanTheCatalogue")).contains(JsonNull.NULL);
    }

    @Test
    void linksThatNoDeltaQueryTellsAreReadByFullCaptures() {
        FakeTenant tenant = new FakeTenant(3);
        ObjectRef policy = tenant.create(ObjectKind.CLAIMS_MAPPING_POLICY);
        ObjectRef principal = tenant.create(ObjectKind.SERVICE_PRINCIPAL);
        ObjectRef user = tenant.create(ObjectKind.USER);
        ObjectRef sponsor = tenant.create(ObjectKind.USER);
        tenant.link(LinkKind.CLAIMS_MAPPING_POLICY_APPLIES_TO, policy, principal);
        tenant.link(LinkKind.USER_SPONSORS, user, sponsor);
        Link applied = new Link(LinkKind.CLAIMS_MAPPING_POLICY_APPLIES_TO, policy.id(), principal.id());
        Link sponsored = new Link(LinkKind.USER_SPONSORS, user.id(), sponsor.id());

        assertCaptured(tenant, capture(tenant, CaptureMode.FULL));
        assertThat(history.newest).containsKeys(applied.key(), sponsored.key());

        tenant.unlink(applied);
        tenant.unlink(sponsored);
        capture(tenant, CaptureMode.INCREMENTAL);
        assertThat(history.newest.get(sponsored.key()).deleted()).isNull();

        assertCaptured(tenant, capture(tenant, CaptureMode.FULL));
        assertThat(history.newest.get(applied.key()).deleted()).isEqualTo(Deletion.HARD);
        assertThat(history.newest.get(sponsored.key()).deleted()).isEqualTo(Deletion.HARD);
    }

    @Test
    void aTargetedCaptureReadsWhatHangsOnTheNamedObject() {
        FakeTenant tenant = new FakeTenant(4);
        ObjectRef application = tenant.create(ObjectKind.APPLICATION);
        ObjectRef user = tenant.create(ObjectKind.USER);
        capture(tenant, CaptureMode.FULL);
        ObjectRef credential = tenant.createBelow(ObjectKind.FEDERATED_IDENTITY_CREDENTIAL, application);
        ObjectRef method = tenant.createBelow(ObjectKind.AUTHENTICATION_METHOD, user);

        CaptureResult result = capture(tenant, CaptureMode.TARGETED, List.of(application, user));

        assertThat(history.newest).containsKeys(credential.key(), method.key());
        assertThat(result.report().types())
                .extracting(TypeCount::type)
                .contains("federatedIdentityCredential", "authenticationMethod");
    }

    @Test
    void whatIsReadForSingleObjectsOnlyIsSkippedWithItsReason() {
        CaptureResult result = capture(new FakeTenant(5), CaptureMode.FULL);

        assertThat(result.report().types())
                .filteredOn(count -> count.outcome() == TypeCount.Outcome.SKIPPED)
                .singleElement()
                .satisfies(count -> {
                    assertThat(count.type()).isEqualTo("authenticationMethod");
                    assertThat(count.reason()).isNotBlank();
                });
    }

    @Test
    void whatAnIncrementalCaptureDoesNotReadIsCarriedFromTheMomentOfItsLastWholeReading() {
        FakeTenant tenant = new FakeTenant(6);
        CaptureResult full = capture(tenant, CaptureMode.FULL);

        CaptureResult incremental = capture(tenant, CaptureMode.INCREMENTAL);

        assertThat(count(full, "userRegistrationDetails").outcome()).isEqualTo(TypeCount.Outcome.COMPLETE);
        for (String type : List.of(
                "userRegistrationDetails", "appRoleAssignment", "user.sponsors", "claimsMappingPolicy.appliesTo")) {
            assertThat(count(incremental, type).outcome()).as(type).isEqualTo(TypeCount.Outcome.CARRIED);
            assertThat(count(incremental, type).reason())
                    .contains(String.valueOf(full.report().completedAt()));
        }
        for (String type : List.of(
                "user",
                "user.manager",
                "group.members",
                "administrativeUnit.members",
                "conditionalAccessPolicy",
                "authorizationPolicy")) {
            assertThat(count(incremental, type).outcome()).as(type).isEqualTo(TypeCount.Outcome.COMPLETE);
        }
    }

    private static TypeCount count(CaptureResult result, String type) {
        return result.report().types().stream()
                .filter(count -> count.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private JsonObject body(ObjectRef ref) {
        return history.newest.get(ref.key()).body();
    }

    private void crashOnce(FakeTenant tenant, Random random) {
        if (random.nextBoolean()) {
            store.crashAt(random.nextInt(12), random.nextBoolean());
        } else {
            history.statesUntilFailure = random.nextInt(20);
        }
        try {
            capture(tenant, CaptureMode.values()[random.nextInt(2)]);
        } catch (IllegalStateException | HistoryInMemory.Crash e) {
            // As wanted: the process has ended, and another one goes on.
        }
        store.crashNever();
        history.statesUntilFailure = -1;
    }

    private CaptureResult capture(FakeTenant tenant, CaptureMode mode) {
        return capture(tenant, mode, List.of());
    }

    private CaptureResult capture(FakeTenant tenant, CaptureMode mode, List<ObjectRef> objects) {
        fence++;
        KnownStates known = KnownStates.open(store, TENANT, fence);
        CaptureOrder order = new CaptureOrder("capture-" + fence, TENANT, mode, null, false, objects);
        return new TenantCapture(order, tenant, known, history, () -> {}, Interludes.NONE, clock).run();
    }

    private void assertCaptured(FakeTenant tenant, CaptureResult result) {
        assertThat(history.violations).isEmpty();
        assertThat(result.stage()).isEqualTo(Stage.COMPLETED);
        Map<StateKey, String> present = new TreeMap<>();
        history.newest.values().stream()
                .filter(state -> state.deleted() == null)
                .forEach(state -> present.put(state.key(), state.stateHash()));
        Map<StateKey, String> truth = truth(tenant);
        assertThat(present.keySet().stream().filter(key -> !truth.containsKey(key)))
                .as("in history alone")
                .isEmpty();
        assertThat(truth.keySet().stream().filter(key -> !present.containsKey(key)))
                .as("in the tenant alone")
                .isEmpty();
        assertThat(truth.keySet().stream().filter(key -> !truth.get(key).equals(present.get(key))))
                .as("of another content")
                .isEmpty();
        for (ObjectRef ref : tenant.deleted()) {
            assertDeletion(ref, Deletion.SOFT);
        }
        for (ObjectRef ref : tenant.purged()) {
            // What hangs on an object in the recycle bin cannot be looked at.
            if (tenant.isVisible(ref) || tenant.purged().contains(parentOf(ref))) {
                assertDeletion(ref, Deletion.HARD);
            }
        }
        for (TypeCount count : result.report().types()) {
            SetDigest expected = history.present(count.type());
            assertThat(count.present()).as(count.type()).isEqualTo(expected.count());
            assertThat(count.presentDigest()).as(count.type()).isEqualTo(expected.hex());
        }
    }

    /** Of an object that was never seen alive nothing is published. */
    private void assertDeletion(ObjectRef ref, Deletion deletion) {
        ObjectState state = history.newest.get(ref.key());
        if (state != null) {
            assertThat(state.deleted()).as(ref.toString()).isEqualTo(deletion);
        }
    }

    private static ObjectRef parentOf(ObjectRef child) {
        return new ObjectRef(
                Catalogue.of(child.kind()).reach().parent().orElseThrow(),
                child.id().parent().orElseThrow());
    }

    static Map<StateKey, String> truth(FakeTenant tenant) {
        Map<StateKey, String> truth = new TreeMap<>();
        tenant.objects()
                .forEach((ref, properties) -> truth.put(
                        ref.key(),
                        Canonicaliser.hash(ref.kind(), Shape.of(ref.kind(), properties))
                                .hex()));
        tenant.visibleLinks()
                .forEach(link -> truth.put(link.key(), Canonicaliser.hash(link).hex()));
        return truth;
    }

    static FakeTenant tenant(long seed, Random random) {
        return filled(new FakeTenant(seed), random);
    }

    static <T extends FakeTenant> T filled(T tenant, Random random) {
        for (int i = 0; i < 30; i++) {
            create(tenant, random);
        }
        change(tenant, random, 40);
        return tenant;
    }

    static void change(FakeTenant tenant, Random random, int times) {
        for (int i = 0; i < times; i++) {
            List<ObjectRef> all = tenant.all(KINDS);
            List<ObjectRef> binned = tenant.deleted();
            switch (random.nextInt(12)) {
                case 0, 1 -> create(tenant, random);
                case 2, 3 -> tenant.rename(one(all, random));
                case 4 -> tenant.delete(one(all, random));
                case 5 -> binned.stream().findFirst().ifPresent(tenant::restore);
                case 6 -> binned.stream().skip(1).findFirst().ifPresent(tenant::purge);
                case 7 ->
                    tenant.visibleLinks().stream()
                            .skip(random.nextInt(5))
                            .findFirst()
                            .ifPresent(tenant::unlink);
                default -> link(tenant, random);
            }
        }
    }

    private static void create(FakeTenant tenant, Random random) {
        ObjectKind kind = KINDS[random.nextInt(KINDS.length)];
        Optional<ObjectKind> parent = Catalogue.of(kind).reach().parent();
        if (parent.isEmpty()) {
            tenant.create(kind);
            return;
        }
        List<ObjectRef> parents = tenant.all(parent.get());
        if (!parents.isEmpty()) {
            tenant.createBelow(kind, one(parents, random));
        }
    }

    private static void link(FakeTenant tenant, Random random) {
        LinkKind kind = LinkKind.values()[random.nextInt(LinkKind.values().length)];
        List<ObjectRef> sources = tenant.all(kind.source());
        List<ObjectRef> targets = switch (kind) {
            case USER_MANAGER -> tenant.all(ObjectKind.USER);
            case GROUP_MEMBERS -> tenant.all(ObjectKind.USER, ObjectKind.GROUP, ObjectKind.SERVICE_PRINCIPAL);
            case GROUP_OWNERS, APPLICATION_OWNERS, SERVICE_PRINCIPAL_OWNERS ->
                tenant.all(ObjectKind.USER, ObjectKind.SERVICE_PRINCIPAL);
            default -> List.of();
        };
        if (!sources.isEmpty() && !targets.isEmpty()) {
            tenant.link(kind, one(sources, random), one(targets, random));
        }
    }

    static ObjectRef one(List<ObjectRef> refs, Random random) {
        return refs.get(random.nextInt(refs.size()));
    }
}
