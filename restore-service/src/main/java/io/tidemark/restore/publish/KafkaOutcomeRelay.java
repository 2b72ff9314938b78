package io.tidemark.restore.publish;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.RestoreItem;
import io.tidemark.contracts.RestoreItem.Outcome;
import io.tidemark.contracts.RestoreStatus;
import io.tidemark.directory.StateKey;
import io.tidemark.restore.journal.JobStore;
import io.tidemark.restore.journal.RestoreJob;
import io.tidemark.restore.journal.RestoreJob.Notice;
import io.tidemark.restore.journal.StepEntry;
import io.tidemark.restore.journal.StepStore;
import io.tidemark.restore.plan.RestoreStep;
import io.tidemark.runtime.event.EventPublisher;
import io.tidemark.runtime.event.PublishException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Relays the outboxes of the journal to Kafka. */
@ApplicationScoped
public class KafkaOutcomeRelay implements OutcomeRelay {

    private static final Logger LOG = Logger.getLogger(KafkaOutcomeRelay.class);

    private final JobStore jobs;
    private final StepStore steps;
    private final EventPublisher publisher;
    private final ReentrantLock lock = new ReentrantLock();

    KafkaOutcomeRelay(JobStore jobs, StepStore steps, EventPublisher publisher) {
        this.jobs = jobs;
        this.steps = steps;
        this.publisher = publisher;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    @Override
    public void relay() {
        if (!lock.tryLock()) {
            return;
        }
        try {
            jobs.untold().forEach(this::tell);
        } catch (PublishException e) {
            LOG.warnf("outcomes were not told, they will be later reason=%s", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** Items before the status that ends their restore: whoever hears the end has heard of every step. */
    private void tell(RestoreJob job) {
        if (job.state().terminal()) {
            List<StepEntry> settled = steps.untold(job.id(), job.stepCount());
            List<Event<RestoreItem>> items = new ArrayList<>();
            settled.forEach(entry -> items.addAll(items(job, entry)));
            publisher.publish(items);
            steps.told(job.id(), settled.stream().map(StepEntry::number).toList());
        }
        List<Notice> notices = job.outbox();
        publisher.publish(notices.stream().map(notice -> status(job, notice)).toList());
        long last = notices.get(notices.size() - 1).number();
        RestoreJob unused =
                jobs.change(job.id(), found -> found.change().told(last).done());
    }

    private static Event<RestoreStatus> status(RestoreJob job, Notice notice) {
        String tenant = job.command().tenantId();
        return new Event<>(
                Event.idOf(
                        tenant,
                        "restore-status",
                        job.id(),
                        Long.toString(notice.number()),
                        notice.state().name()),
                EventType.RESTORE_STATUS,
                source(tenant),
                "restore/" + job.id(),
                notice.at(),
                tenant + "|" + job.id(),
                job.id(),
                new RestoreStatus(
                        tenant,
                        job.id(),
                        notice.state(),
                        notice.planHash(),
                        notice.steps(),
                        notice.reason(),
                        notice.at()));
    }

    private static List<Event<RestoreItem>> items(RestoreJob job, StepEntry entry) {
        List<Event<RestoreItem>> items = new ArrayList<>();
        if (entry.step() instanceof RestoreStep.AddLinks links) {
            List<io.tidemark.directory.ObjectId> added =
                    entry.written() instanceof RestoreStep.AddLinks written ? written.targets() : List.of();
            links.targets().forEach(target -> {
                StateKey key = new StateKey(links.kind().word(), links.source() + "~" + target);
                Outcome outcome = added.contains(target) ? outcome(entry) : Outcome.FAILED;
                items.add(item(job, entry, key, outcome));
            });
        } else {
            items.add(item(job, entry, entry.step().key(), outcome(entry)));
        }
        return items;
    }

    private static Event<RestoreItem> item(RestoreJob job, StepEntry entry, StateKey key, Outcome outcome) {
        String tenant = job.command().tenantId();
        @Nullable String reason = entry.reason();
        return new Event<>(
                Event.idOf(tenant, "restore-item", job.id(), entry.stepId(), key.text(), outcome.name()),
                EventType.RESTORE_ITEM,
                source(tenant),
                key.type() + "/" + key.id(),
                entry.at(),
                tenant + "|" + key.text(),
                job.id(),
                new RestoreItem(
                        tenant,
                        job.id(),
                        entry.stepId(),
                        key.type(),
                        key.id(),
                        entry.newId(),
                        outcome,
                        reason,
                        entry.step().paths(),
                        entry.attempts(),
                        entry.at()));
    }

    private static Outcome outcome(StepEntry entry) {
        return switch (entry.state()) {
            case VERIFIED -> Outcome.APPLIED;
            case ALREADY_EQUAL -> Outcome.ALREADY_EQUAL;
            case CONFLICT -> Outcome.CONFLICT;
            case BLOCKED -> Outcome.BLOCKED;
            case CANCELED -> Outcome.CANCELED;
            case PENDING, INTENT, SENT, UNKNOWN, OBSERVED, NOT_SHOWN, FAILED -> Outcome.FAILED;
        };
    }

    private static String source(String tenant) {
        return "/tenants/" + tenant + "/restore-service";
    }
}
