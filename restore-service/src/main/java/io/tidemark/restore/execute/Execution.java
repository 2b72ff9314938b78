package io.tidemark.restore.execute;

import io.tidemark.contracts.RestoreOptions;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.restore.journal.Failpoint;
import io.tidemark.restore.journal.StepStore;
import io.tidemark.restore.journal.Tenure;
import io.tidemark.restore.plan.LiveTenant;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Makes executors for one tenant at a time. */
public final class Execution {

    private final StepStore journal;
    private final ExecutionSettings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final Failpoint failpoint;

    public Execution(
            StepStore journal, ExecutionSettings settings, Clock clock, RandomGenerator random, Failpoint failpoint) {
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.failpoint = failpoint;
    }

    /** An executor for one tenant, as long as the tenure lasts. */
    public StepExecutor of(
            GraphConnection connection, LiveTenant live, Tenure tenure, RestoreOptions.Conflict onConflict) {
        Backoff backoff = new Backoff(settings.firstBackoff(), settings.longestBackoff(), random);
        return new StepExecutor(new Site(
                journal,
                new StepCheck(live, onConflict),
                new GraphStepSender(connection),
                tenure,
                backoff,
                settings,
                clock,
                failpoint));
    }
}
