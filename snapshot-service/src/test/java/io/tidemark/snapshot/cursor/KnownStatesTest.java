package io.tidemark.snapshot.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownStatesTest {

    private static final TenantId TENANT = new TenantId(new UUID(3, 4));
    private static final int ENTRIES = 20_000;
    private static final int LARGEST_TENANT = 1_000_000;
    private static final int LARGEST_BUCKET = 256 * 1024;

    /** How many bytes are stored under each name of a bucket. */
    private final Map<String, Integer> sizes = new HashMap<>();

    private final InMemoryCursorStore store = new InMemoryCursorStore() {
        @Override
        public void saveBuckets(TenantId tenant, long fence, String type, Map<Integer, byte[]> changed) {
            super.saveBuckets(tenant, fence, type, changed);
            changed.forEach((number, entries) -> sizes.put(type + "|" + number, entries.length));
        }
    };

    static Stream<String> typesThatGrowWithTheTenant() {
        return Stream.of(
                "user",
                "userRegistrationDetails",
                "userExtensions",
                "accessPackageAssignment",
                "appRoleAssignment",
                "oAuth2PermissionGrant",
                "administrativeUnit.members");
    }

    @ParameterizedTest
    @MethodSource("typesThatGrowWithTheTenant")
    void noBucketOfAMillionTakesMoreThanAQuarterOfAMebibyte(String type) {
        KnownStates known = KnownStates.open(store, TENANT, 1);
        Random random = new Random(7);
        for (int i = 0; i < ENTRIES; i++) {
            StateKey key = key(type, random);
            known.table(type).present(key, hash(key));
        }

        known.remember(Instant.EPOCH);

        int largest = sizes.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        assertThat(mean() * (LARGEST_TENANT / ENTRIES)).isLessThan(LARGEST_BUCKET);
        assertThat(largest).as("none is much larger than the others").isLessThan(4 * mean());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userRegistrationDetails",
                "accessPackageAssignment",
                "administrativeUnit",
                "scopedRoleMembership",
                "administrativeUnit.members"
            })
    void aStoreOfBeforeStaysReadable(String type) {
        Map<StateKey, ContentHash> before = storedInSixteen(type);
        KnownStates known = KnownStates.open(store, TENANT, 2);
        before.forEach((key, hash) -> assertThat(known.table(type).find(key))
                .hasValueSatisfying(
                        found -> assertThat(found.isPresentWith(hash)).isTrue()));
        known.recount();
        SetDigest total = known.total(type);
        known.remember(Instant.EPOCH);

        KnownStates again = KnownStates.open(new Forgetful(), TENANT, 3);
        again.recount();
        assertThat(again.total(type)).isEqualTo(total);
        assertThat(total.count()).isEqualTo(before.size());
    }

    @Test
    void aTenantOfWhichNothingWasEverPublishedStandsAtNoMoment() {
        Instant ended = Instant.parse("2026-03-01T10:00:00Z");
        KnownStates refused = KnownStates.open(store, TENANT, 1);
        refused.remember(ended);

        KnownStates publishing = KnownStates.open(store, TENANT, 2);
        assertThat(publishing.observedUntil()).isEqualTo(Instant.EPOCH);
        publishing.intend(new Intention(List.of(key("user", new Random(1))), ended));
        publishing.remember(ended);

        KnownStates quiet = KnownStates.open(store, TENANT, 3);
        assertThat(quiet.observedUntil()).isEqualTo(ended);
        quiet.remember(ended.plusSeconds(5));
        assertThat(KnownStates.open(store, TENANT, 4).observedUntil()).isEqualTo(ended.plusSeconds(5));
    }

    /** As every table was stored whose objects Graph only lists. */
    private Map<StateKey, ContentHash> storedInSixteen(String type) {
        Cursor unused = store.claim(TENANT, 1);
        Map<StateKey, ContentHash> entries = new HashMap<>();
        KnownTable table =
                new KnownTable(type, 16, SetDigest.EMPTY, new IdNumbers(), numbers -> Map.of(), Buckets.Earlier.NEVER);
        Random random = new Random(8);
        for (int i = 0; i < 500; i++) {
            StateKey key = key(type, random);
            entries.put(key, hash(key));
            table.present(key, hash(key));
        }
        table.changed(16, changed -> store.saveBuckets(TENANT, 1, type, changed));
        return entries;
    }

    /** A store from which what was stored in few buckets has been taken away. */
    private final class Forgetful extends InMemoryCursorStore {
        @Override
        public Cursor claim(TenantId tenant, long fence) {
            return store.claim(tenant, fence);
        }

        @Override
        public Map<Integer, byte[]> loadBuckets(TenantId tenant, String type, Collection<Integer> numbers) {
            return isGrown(type) ? Map.of() : store.loadBuckets(tenant, type, numbers);
        }

        private boolean isGrown(String type) {
            return sizes.keySet().stream().anyMatch(stored -> stored.startsWith(type + "#"));
        }
    }

    private int mean() {
        return (int)
                sizes.values().stream().mapToInt(Integer::intValue).average().orElseThrow();
    }

    private static StateKey key(String type, Random random) {
        return type.indexOf('.') < 0
                ? new StateKey(type, id(type, random))
                : new Link(LinkKind.parse(type), new ObjectId(id(type, random)), new ObjectId(id(type, random))).key();
    }

    private static String id(String type, Random random) {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        return type.equals(ObjectKind.APP_ROLE_ASSIGNMENT.word()) ? id + "~" + id.replace('-', '_') : id;
    }

    private static ContentHash hash(StateKey key) {
        return key.isLink()
                ? Canonicaliser.hash(Link.parse(key))
                : ContentHash.of(key.id().getBytes(StandardCharsets.UTF_8));
    }
}
