package io.tidemark.restore.work;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.tidemark.backends.EmbeddedDatabase;
import io.tidemark.contracts.RestoreCommand;
import io.tidemark.contracts.RestoreDecision;
import io.tidemark.contracts.RestoreOptions;
import io.tidemark.contracts.RestoreState;
import io.tidemark.contracts.Selection;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.TenantId;
import io.tidemark.restore.SimulatedTenant;
import io.tidemark.restore.execute.Execution;
import io.tidemark.restore.execute.ExecutionSettings;
import io.tidemark.restore.guard.GuardLimits;
import io.tidemark.restore.guard.RestoreGuard;
import io.tidemark.restore.intake.RestoreDesk;
import io.tidemark.restore.journal.Failpoint;
import io.tidemark.restore.journal.FencedException;
import io.tidemark.restore.journal.JobStore;
import io.tidemark.restore.journal.MongoJobStore;
import io.tidemark.restore.journal.MongoNoteStore;
import io.tidemark.restore.journal.MongoStepStore;
import io.tidemark.restore.journal.NoteStore;
import io.tidemark.restore.journal.NoteStore.Notes;
import io.tidemark.restore.journal.RestoreJob;
import io.tidemark.restore.journal.StepEntry;
import io.tidemark.restore.journal.StepStore;
import io.tidemark.restore.plan.OpenPoint;
import io.tidemark.restore.plan.WantedStates;
import io.tidemark.restore.verify.VerificationSettings;
import io.tidemark.runtime.lease.KeptLease;
import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import io.tidemark.runtime.lease.MongoLeaseStore;
import io.tidemark.simulator.sample.SampleTenants;
import io.tidemark.tenants.TenantConnections;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The service's parts around a simulated tenant and an embedded database, without HTTP and messages. */
final class Workbench implements AutoCloseable {

    private static final String DATABASE = "tidemark-restore-test";
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final int MOST_WORKERS = 20;

    private final TenantConnections connections;
    private final TenantId tenant;
    private final String address;
    private final @Nullable EmbeddedDatabase database;
    private final MongoClient client;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final Clock clock = Clock.systemUTC();
    private final JobStore jobs;
    private final StepStore steps;
    private final NoteStore notes;
    private final LeaseStore leases;
    private final RestoreDesk desk;
    private Set<ObjectKind> allowed = Set.of();

    Workbench(SimulatedTenant tenant, Path folder) {
        this(tenant, EmbeddedDatabase.start(folder, 0));
    }

    private Workbench(SimulatedTenant tenant, EmbeddedDatabase database) {
        this(tenant.connections(), tenant.id(), database, database.connectionString());
    }

    /** A workbench of another process around the same tenant and database. */
    Workbench(TenantConnections connections, TenantId tenant, String database) {
        this(connections, tenant, null, database);
    }

    private Workbench(
            TenantConnections connections, TenantId tenant, @Nullable EmbeddedDatabase database, String address) {
        this.connections = connections;
        this.tenant = tenant;
        this.database = database;
        this.address = address;
        this.client = MongoClients.create(address);
        this.jobs = new MongoJobStore(client, DATABASE);
        this.steps = new MongoStepStore(client, DATABASE);
        this.notes = new MongoNoteStore(client, DATABASE);
        this.leases = new MongoLeaseStore(client, DATABASE, clock);
        this.desk = new RestoreDesk(jobs, connections, clock);
    }

    Workbench allowing(Set<ObjectKind> kinds) {
        this.allowed = kinds;
        return this;
    }

    /** Plans, approves and carries out a restore, and returns it as it ended. */
    RestoreJob restore(WantedStates history, Selection selection, RestoreOptions options) {
        RestoreJob planned = plan(history, selection, options);
        return planned.state() == RestoreState.AWAITING_APPROVAL ? carryOut(history, planned) : planned;
    }

    RestoreJob plan(WantedStates history, Selection selection, RestoreOptions options) {
        RestoreJob job = desk.submit(new RestoreCommand(
                tenant.toString(),
                UUID.randomUUID().toString(),
                "asker",
                null,
                "snapshot:before",
                selection,
                options,
                null));
        carryOn(history, job.id(), Failpoint.NONE);
        return job(job.id());
    }

    RestoreJob carryOut(WantedStates history, RestoreJob planned) {
        approve(planned);
        carryOn(history, planned.id(), Failpoint.NONE);
        return job(planned.id());
    }

    void approve(RestoreJob planned) {
        RestoreDecision decision =
                new RestoreDecision(tenant.toString(), planned.id(), "approver", planned.planHash(), null);
        desk.approve(tenant, decision);
        desk.execute(tenant, decision);
    }

    RestoreJob undo(WantedStates history, String commandId) {
        RestoreJob job = desk.undo(
                tenant,
                commandId,
                new RestoreDecision(tenant.toString(), commandId, "asker", null, null),
                UUID.randomUUID().toString());
        carryOn(history, job.id(), Failpoint.NONE);
        return carryOut(history, job(job.id()));
    }

    /** Carries a restore on as the service's workers do: whoever may have lost the lease stops, and the next takes over. */
    void carryOn(WantedStates history, String commandId, Failpoint failpoint) {
        for (int worker = 0; worker < MOST_WORKERS; worker++) {
            Lease lease = await().atMost(Duration.ofMinutes(1))
                    .until(() -> leases.acquire("restore/test", LEASE), Optional::isPresent)
                    .orElseThrow();
            try (KeptLease kept = new KeptLease(leases, lease, LEASE, clock, timer)) {
                run(history, failpoint).carryOn(commandId, new LeasedTenure(kept));
                return;
            } catch (FencedException e) {
                // A starved machine renews late; the next worker goes on.
            }
        }
        throw new IllegalStateException("no worker kept its lease");
    }

    /** Where the database is. */
    String address() {
        return address;
    }

    RestoreJob job(String commandId) {
        return jobs.find(commandId).orElseThrow();
    }

    RestoreDesk desk() {
        return desk;
    }

    List<StepEntry> steps(RestoreJob job) {
        return steps.read(job.id(), 0, job.stepCount());
    }

    List<OpenPoint> announced(RestoreJob job) {
        return notes.points(job.id(), Notes.ANNOUNCED);
    }

    List<OpenPoint> leftovers(RestoreJob job) {
        return notes.points(job.id(), Notes.LEFT_OVER);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        client.close();
        if (database != null) {
            database.close();
        }
    }

    private RestoreRun run(WantedStates history, Failpoint failpoint) {
        ExecutionSettings settings = new ExecutionSettings(
                3,
                Duration.ofMinutes(1),
                Duration.ofSeconds(20),
                3,
                Duration.ofMillis(100),
                Duration.ofMillis(50),
                Duration.ofSeconds(1));
        Execution execution = new Execution(steps, settings, clock, RandomGenerator.getDefault(), failpoint);
        VerificationSettings verification = new VerificationSettings(2, Duration.ofMillis(20), Duration.ofSeconds(20));
        Guards guards = guards();
        return new RestoreRun(
                jobs,
                steps,
                notes,
                new Planning(history, jobs, steps, notes, guards, clock),
                execution,
                verification,
                guards,
                connections,
                clock,
                failpoint);
    }

    private Guards guards() {
        Set<String> breakGlass = Set.copyOf(SampleTenants.breakGlassAccounts(SimulatedTenant.SEED));
        return new Guards() {
            @Override
            public RestoreGuard of(TenantId id) {
                return new RestoreGuard(new GuardLimits(
                        breakGlass, connections.ownAppIds(id), 50, 20_000, 20, 0.9, allowed, Duration.ofHours(4)));
            }

            @Override
            public Set<String> breakGlass() {
                return breakGlass;
            }
        };
    }
}
