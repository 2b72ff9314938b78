package io.tidemark.restore.journal;

import io.tidemark.contracts.RestoreState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a changed copy of a job. */
public final class JobChange {

    private final RestoreJob old;
    private RestoreState state;
    private long fence;
    private RestoreJob.Order order;
    private @Nullable String planHash;
    private @Nullable Instant baseline;
    private @Nullable PlanSummary plan;
    private List<Approval> approvals;
    private Map<String, String> ids;
    private Progress progress;
    private int leftovers;
    private @Nullable String reason;
    private @Nullable Instant notBefore;
    private int failures;
    private RestoreJob.Times times;
    private List<RestoreJob.Notice> outbox;

    JobChange(RestoreJob old) {
        this.old = old;
        this.state = old.state();
        this.fence = old.fence();
        this.order = old.order();
        this.planHash = old.planHash();
        this.baseline = old.baseline();
        this.plan = old.plan();
        this.approvals = old.approvals();
        this.ids = old.ids();
        this.progress = old.progress();
        this.leftovers = old.leftovers();
        this.reason = old.reason();
        this.notBefore = old.notBefore();
        this.failures = old.failures();
        this.times = old.times();
        this.outbox = old.outbox();
    }

    JobChange state(RestoreState next) {
        this.state = next;
        return this;
    }

    public JobChange fence(long held) {
        this.fence = held;
        return this;
    }

    public JobChange order(RestoreJob.Order told) {
        this.order = told;
        return this;
    }

    /** Puts a plan in, with the moment at which it was made. */
    public JobChange planned(String hash, Instant moment, PlanSummary summary, Instant now) {
        this.planHash = hash;
        this.baseline = moment;
        this.plan = summary;
        RestoreJob.Times then = old.times();
        this.times =
                new RestoreJob.Times(then.acceptedAt(), now, then.startedAt(), then.writtenAt(), then.endedAt(), now);
        return this;
    }

    public JobChange approvedBy(Approval approval) {
        List<Approval> more = new ArrayList<>(approvals);
        more.add(approval);
        this.approvals = more;
        return this;
    }

    public JobChange ids(Map<String, String> known) {
        this.ids = known;
        return this;
    }

    public JobChange progress(Progress current) {
        this.progress = current;
        return this;
    }

    public JobChange leftovers(int count) {
        this.leftovers = count;
        return this;
    }

    JobChange reason(@Nullable String why) {
        this.reason = why;
        return this;
    }

    /** Notes that it could not be carried on, and until when to leave it alone. */
    public JobChange failed(String why, Instant until) {
        this.reason = why;
        this.failures = old.failures() + 1;
        this.notBefore = until;
        return this;
    }

    /** Notes that it goes on. */
    public JobChange wellAgain() {
        this.failures = 0;
        this.notBefore = null;
        return this;
    }

    JobChange times(RestoreJob.Times when) {
        this.times = when;
        return this;
    }

    JobChange outbox(List<RestoreJob.Notice> notices) {
        this.outbox = notices;
        return this;
    }

    /** Takes out of the outbox what has been told. */
    public JobChange told(long upTo) {
        this.outbox = outbox.stream().filter(notice -> notice.number() > upTo).toList();
        return this;
    }

    public RestoreJob done() {
        return new RestoreJob(
                old.command(),
                old.undoes(),
                state,
                fence,
                order,
                planHash,
                baseline,
                plan,
                approvals,
                ids,
                progress,
                leftovers,
                reason,
                notBefore,
                failures,
                times,
                outbox,
                old.version());
    }
}
