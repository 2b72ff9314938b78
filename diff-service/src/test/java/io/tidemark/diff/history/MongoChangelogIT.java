package io.tidemark.diff.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class MongoChangelogIT {

    private static final Instant T0 = SampleStates.START;
    private static final int MOST_PARTS = 7;

    private final MongoDatabase database = Database.client().getDatabase(Database.fresh());
    private final MongoChangelog log = new MongoChangelog(database, MOST_PARTS);
    private final TenantId tenant = new TenantId(UUID.randomUUID());

    @Test
    void veryManyIntakesWithinOneMinuteMakeNoDocumentLargeAndAreAllFound() {
        Set<StateKey> expected = new TreeSet<>();
        for (int i = 0; i < 5 * MOST_PARTS + 3; i++) {
            StateKey key = new StateKey("user", "u" + i);
            expected.add(key);
            log.record(tenant, List.of(fold(key, T0.plusMillis(i))));
            log.record(tenant, List.of(fold(key, T0.plusMillis(i))));
        }

        assertThat(log.changedBetween(tenant, T0.minusSeconds(1), T0.plusSeconds(60)))
                .isEqualTo(expected);
        assertThat(log.changedBetween(tenant, T0.plusMillis(20), T0.plusMillis(22)))
                .containsExactly(new StateKey("user", "u21"), new StateKey("user", "u22"));
        Set<StateKey> witnessed = new TreeSet<>();
        List<String> broken = new ArrayList<>();
        assertThat(log.witnesses(tenant, History.NEWEST, witness -> witnessed.add(witness.key()), broken::add))
                .isTrue();
        assertThat(witnessed).isEqualTo(expected);
        assertThat(broken).isEmpty();
        assertThat(database.getCollection("changelog_index").find().into(new ArrayList<>()))
                .allSatisfy(document -> assertThat(document.getList("parts", String.class, List.of()))
                        .hasSizeLessThanOrEqualTo(MOST_PARTS))
                .extracting(document -> ((Document) document).getString("_id"))
                .anyMatch(id -> id.endsWith("#6"));
    }

    private static Fold fold(StateKey key, Instant at) {
        Mark mark = new Mark(at, "0".repeat(64), null, "1".repeat(64));
        KeyHistory history = new KeyHistory(key, new Version(mark, "{}", "c1", List.of()), List.of(), false);
        return new Fold(null, history, List.of(), List.of(mark));
    }
}
