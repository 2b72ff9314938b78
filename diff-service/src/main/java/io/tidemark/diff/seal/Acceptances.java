package io.tidemark.diff.seal;

import io.tidemark.diff.ops.Operators;
import io.tidemark.diff.seal.Snapshot.Acceptance;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Lets operators take suspect snapshots to be good. */
@ApplicationScoped
public class Acceptances {

    private static final Logger LOG = Logger.getLogger(Acceptances.class);

    private final SnapshotStore snapshots;
    private final Operators operators;
    private final Clock clock;

    Acceptances(SnapshotStore snapshots, Operators operators, Clock clock) {
        this.snapshots = snapshots;
        this.operators = operators;
        this.clock = clock;
    }

    /**
     * Accepts a suspect snapshot; one that was accepted before is given back as it is.
     *
     * @throws ProblemException if there is no such snapshot or it is neither suspect nor accepted
     */
    public Snapshot accept(TenantId tenant, String id, String by, String reason) {
        Snapshot known = fetch(tenant, id);
        if (known.state() != Snapshot.State.SUSPECT && known.remarks().accepted() == null) {
            throw ProblemException.conflict(
                    "snapshot-not-suspect",
                    "snapshot " + id + " is " + known.state() + "; only suspect ones can be accepted");
        }
        snapshots.accept(tenant, id, new Acceptance(by, reason, clock.instant()));
        Snapshot accepted = fetch(tenant, id);
        Acceptance first = accepted.remarks().accepted();
        if (first == null) {
            throw new IllegalStateException("snapshot " + id + " was not accepted");
        }
        if (known.remarks().accepted() == null) {
            LOG.infof("suspect snapshot accepted tenant=%s snapshot=%s", tenant, id);
        }
        operators.tell(
                tenant,
                "snapshot-accepted",
                "snapshot/" + id,
                "suspect snapshot " + id + " was accepted by an operator; the snapshot says by whom and why",
                first.at());
        return accepted;
    }

    private Snapshot fetch(TenantId tenant, String id) {
        return snapshots.fetch(tenant, id);
    }
}
