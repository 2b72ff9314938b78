package io.tidemark.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandStartedEvent;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ObjectState;
import io.tidemark.diff.change.ChangeStore;
import io.tidemark.diff.change.StoredChanges;
import io.tidemark.diff.history.Gap;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.history.MongoStoredStates;
import io.tidemark.diff.history.MongoThinning;
import io.tidemark.diff.history.StoredStates;
import io.tidemark.diff.history.Thinning;
import io.tidemark.diff.history.VersionRef;
import io.tidemark.diff.retention.StoredRetention;
import io.tidemark.diff.seal.Account;
import io.tidemark.diff.seal.AccountStore;
import io.tidemark.diff.seal.DroppedSnapshot;
import io.tidemark.diff.seal.MongoSnapshotStore;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.StoredAccounts;
import io.tidemark.diff.work.MongoTaskStore;
import io.tidemark.diff.work.Task;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

/**
 * Holds every query of the stores against the indexes that they declare, by the rules by which MongoDB uses an index: the embedded server
 * finds things without any, and would never tell.
 */
class QueriesIT {

    private static final Instant T0 = SampleStates.START;

    /** Collections that hold a handful of documents, whatever else is stored. */
    private static final Map<String, String> SMALL = Map.of(
            "snapshots_unsettled", "snapshots of the last minutes",
            "snapshots_doubted", "snapshots that wait for an operator",
            "snapshots_trusted", "one document a tenant",
            "tasks_queue", "tasks that have not ended");

    /** Queries that find their documents by an index and put them in order in memory. */
    private static final Map<String, String> SORTED_IN_MEMORY =
            Map.of("changes", "what was changed within the time of one capture");

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final String database = Database.fresh();
    private final List<Asked> asked = new ArrayList<>();
    private final Map<String, List<List<String>>> indexes = new HashMap<>();

    @Test
    void everyQueryGoesByIdOrAlongADeclaredIndex() {
        try (MongoClient client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(Database.address()))
                .addCommandListener(Commands.listener(this::note))
                .build())) {
            histories(client);
            snapshots(client);
            tasks(client);
            changes(client);
            StoredRetention.askEverything(client, database, tenant, T0);
        }

        Set<String> unplanned = new TreeSet<>();
        asked.stream().filter(one -> !isPlanned(one)).forEach(one -> unplanned.add(one.toString()));
        assertThat(unplanned).isEmpty();
        assertThat(asked)
                .extracting(Asked::collection)
                .contains(
                        "objects",
                        "versions",
                        "changelog_index",
                        "accounts",
                        "snapshots",
                        "tasks",
                        "changes",
                        "retention",
                        "retention_moments",
                        "retention_references");
        assertThat(indexes).containsOnlyKeys("versions", "snapshots", "tasks", "changes");
    }

    private void histories(MongoClient client) {
        MongoHistoryStore store = new MongoHistoryStore(client, database);
        SampleStates states = new SampleStates(tenant).capture("c1", T0);
        states.user("u1", "Sales");
        states.user("u2", "Sales");
        store.apply(tenant, states.published());
        states.capture("c2", T0.plusSeconds(60)).user("u1", "Legal");
        store.apply(tenant, states.published());
        StateKey key = new StateKey("user", "u1");
        List<VersionRef> refs = List.of(new VersionRef(key, T0));
        assertThat(store.find(tenant, List.of(key))).hasSize(1);
        assertThat(store.findVersions(tenant, refs)).hasSize(1);
        assertThat(store.changedBetween(tenant, T0, History.NEWEST)).containsExactly(key);
        assertThat(store.supersededWithin(tenant, T0, History.NEWEST)).containsExactly(key);
        assertThat(store.supersededAt(tenant, List.of(key), T0)).containsOnlyKeys(key);
        assertThat(store.supersededMarks(tenant, key, Instant.EPOCH, History.NEWEST, 10))
                .hasSize(1);
        assertThat(store.page(tenant, key, 10)).hasSize(1);
        store.scan(tenant, marks -> {});
        StoredStates stored = new MongoStoredStates(client, database);
        assertThat(stored.keys(tenant, null, 10, StoredStates.Texts.READ)).hasSize(2);
        assertThat(stored.marks(tenant, List.of(key))).hasSize(1);
        assertThat(stored.current(tenant, List.of(key))).hasSize(1);
        assertThat(stored.superseded(tenant, refs, StoredStates.Texts.READ)).hasSize(1);
        assertThat(stored.names(tenant, null, 10)).hasSize(1);
        assertThat(stored.supersededAt(tenant, List.of(key), T0)).hasSize(1);
        stored.witnesses(tenant, History.NEWEST, witness -> {}, broken -> {});
        Thinning thinning = new MongoThinning(client, database);
        Gap gap = new Gap(T0.minusSeconds(1), T0.plusSeconds(60), T0.plusSeconds(1));
        assertThat(thinning.count(tenant, gap, 10)).isEqualTo(1);
        assertThat(thinning.count(tenant, gap.from(T0.plusSeconds(60)), 10)).isZero();
        assertThat(thinning.thin(tenant, gap, going -> {})).isEqualTo(1);
        AccountStore accounts = StoredAccounts.in(client, database);
        for (ObjectState state : states.published()) {
            accounts.add(tenant, "c2", 3, List.of(new Account.Entry(7, state.key(), state.stateHash())));
            accounts.add(tenant, "c2", 3, List.of(new Account.Entry(8, state.key(), state.stateHash())));
        }
        assertThat(accounts.total(tenant, "c2")).hasSize(1);
    }

    private void snapshots(MongoClient client) {
        MongoSnapshotStore store = new MongoSnapshotStore(client, database);
        SampleStates states = new SampleStates(tenant).capture("c1", T0);
        states.user("u1", "Sales");
        Snapshot sealed = states.sealed("c1", T0);
        Snapshot pending = new Snapshot(
                tenant,
                "c1",
                Snapshot.State.PENDING,
                states.completed(CaptureMode.FULL, T0.plusSeconds(5)),
                T0,
                List.of(),
                null,
                null);
        store.begin(pending);
        store.end(pending);
        assertThat(store.pending()).hasSize(1);
        store.settle(sealed);
        store.announced(sealed);
        store.remark(tenant, "c1", "label", true);
        assertThat(store.list(tenant, 10, null).snapshots()).hasSize(1);
        assertThat(store.list(tenant, 10, "9999").snapshots()).hasSize(1);
        assertThat(store.doubted(tenant)).isEmpty();
        assertThat(store.lastTrusted(tenant)).isPresent();
        assertThat(store.trustedTenants()).containsExactly(tenant);
        List<Snapshot> early = new ArrayList<>();
        store.eachBefore(tenant, T0.plusSeconds(1), 10, early::add);
        assertThat(early).hasSize(1);
        DroppedSnapshot dropped = new DroppedSnapshot(
                "c1", CaptureMode.FULL, Snapshot.State.SEALED, T0, T0, DroppedSnapshot.Rule.NOT_FIRST, "policy");
        assertThat(store.drop(tenant, dropped)).as("one that is pinned").isFalse();
        store.remark(tenant, "c1", "label", false);
        assertThat(store.drop(tenant, dropped)).isTrue();
        assertThat(store.drop(tenant, dropped)).as("a second time").isFalse();
        assertThat(store.findDropped(tenant, "c1")).contains(dropped);
        store.begin(pending);
        store.end(pending);
        assertThat(store.find(tenant, "c1")).isEmpty();
        assertThat(store.pending()).isEmpty();
    }

    private void tasks(MongoClient client) {
        MongoTaskStore store = new MongoTaskStore(client, database);
        Task task = Task.ordered(tenant, "t1", "verification", "c1", "{}", T0);
        store.add(task);
        store.putLines(task, 0, List.of("line"));
        store.update(task);
        store.readLines(task, line -> {});
        assertThat(store.list(tenant, "verification", "c1", 10)).hasSize(1);
        assertThat(store.list(tenant, "verification", null, 10)).hasSize(1);
        assertThat(store.due(T0)).hasSize(1);
        assertThat(store.isQueued(task.name())).isTrue();
        store.done(task.name());
    }

    private void changes(MongoClient client) {
        ChangeStore store = StoredChanges.in(client, database);
        SampleStates states = new SampleStates(tenant);
        StateKey key = new StateKey("user", "u1");
        store.add(tenant, List.of(states.change("a1", Operation.UPDATE, key, T0, List.of())));
        store.add(tenant, List.of(states.change("a2", Operation.UPDATE, key, T0, List.of())));
        assertThat(store.find(tenant, List.of(key), T0.minusSeconds(1), T0)).hasSize(1);
        store.eachWithin(tenant, T0, T0, null, (found, events) -> true);
    }

    private boolean isPlanned(Asked one) {
        if (SMALL.containsKey(one.collection())) {
            return true;
        }
        if (one.demands().contains("_id")) {
            return one.order() == null || one.order().equals("_id");
        }
        return indexes.getOrDefault(one.collection(), List.of()).stream().anyMatch(index -> leadsTo(index, one));
    }

    /** An index serves what demands its first field, and gives the order of the field after those that are demanded to be equal. */
    private static boolean leadsTo(List<String> index, Asked one) {
        if (!one.demands().contains(index.get(0))) {
            return false;
        }
        int at = one.order() == null ? 0 : index.indexOf(one.order());
        return at < 0
                ? SORTED_IN_MEMORY.containsKey(one.collection())
                : one.equal().containsAll(index.subList(0, at));
    }

    /** One query: the fields that it demands something of, those among them that must be equal, and the first field of its order. */
    private record Asked(String collection, Set<String> demands, Set<String> equal, String order) {

        static Asked of(String collection, BsonDocument filter, BsonDocument sort) {
            Asked one =
                    new Asked(collection, new HashSet<>(), new HashSet<>(), sort.isEmpty() ? null : sort.getFirstKey());
            one.demand("", filter);
            return one;
        }

        private void demand(String path, BsonDocument filter) {
            filter.forEach((name, value) -> {
                if (name.equals("$and")) {
                    value.asArray().forEach(each -> demand(path, each.asDocument()));
                } else if (name.equals("$elemMatch")) {
                    demand(path + ".", value.asDocument());
                } else if (name.startsWith("$")) {
                    demands.add(path);
                } else if (isOperators(value)) {
                    demand(path + name, value.asDocument());
                } else {
                    demands.add(path + name);
                    equal.add(path + name);
                }
            });
        }

        private static boolean isOperators(BsonValue value) {
            return value.isDocument() && value.asDocument().getFirstKey().startsWith("$");
        }
    }

    /** Notes what is asked and which indexes are declared. */
    private void note(Object event) {
        if (event instanceof CommandStartedEvent started) {
            note(started.getCommandName(), started.getCommand());
        }
    }

    private void note(String name, BsonDocument command) {
        switch (name) {
            case "find" ->
                asked.add(Asked.of(
                        command.getString(name).getValue(),
                        command.getDocument("filter", new BsonDocument()),
                        command.getDocument("sort", new BsonDocument())));
            case "update", "delete" ->
                command.getArray(name + "s")
                        .forEach(write -> asked.add(Asked.of(
                                command.getString(name).getValue(),
                                write.asDocument().getDocument("q"),
                                new BsonDocument())));
            case "createIndexes" ->
                command.getArray("indexes")
                        .forEach(index -> indexes.computeIfAbsent(
                                        command.getString(name).getValue(), collection -> new ArrayList<>())
                                .add(List.copyOf(
                                        index.asDocument().getDocument("key").keySet())));
            default -> {}
        }
    }
}
