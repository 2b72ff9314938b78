package io.tidemark.restore.execute;

import io.tidemark.restore.journal.Failpoint;
import io.tidemark.restore.journal.StepStore;
import io.tidemark.restore.journal.Tenure;
import java.time.Clock;

/**
 * Where steps are carried out.
 *
 * @param journal the steps' journal
 * @param check the look before a step is sent
 * @param sender the way to Graph
 * @param tenure the right to carry on
 * @param backoff how long to wait before trying again
 * @param settings how patient to be
 * @param clock the time
 * @param failpoint where tests may end the process
 */
record Site(
        StepStore journal,
        StepCheck check,
        StepSender sender,
        Tenure tenure,
        Backoff backoff,
        ExecutionSettings settings,
        Clock clock,
        Failpoint failpoint) {}
