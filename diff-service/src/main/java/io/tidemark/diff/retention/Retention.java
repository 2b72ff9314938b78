package io.tidemark.diff.retention;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.diff.history.DamagedHistoryException;
import io.tidemark.diff.history.Gap;
import io.tidemark.diff.history.Stamp;
import io.tidemark.diff.history.Thinning;
import io.tidemark.diff.ops.Operators;
import io.tidemark.diff.retention.Outlook.Going;
import io.tidemark.diff.retention.Outlook.LastRound;
import io.tidemark.diff.retention.Plan.Drop;
import io.tidemark.diff.retention.Planner.Known;
import io.tidemark.diff.retention.RetentionStore.StoredMoment;
import io.tidemark.diff.retention.Standing.Leap;
import io.tidemark.diff.retention.Standing.Round;
import io.tidemark.diff.seal.DroppedSnapshot;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a policy says. A round may be cut off after any write: moments that stay are noted first, then snapshots go, then the moments that
 * do not stay are given up, and only then versions that no moment needs are taken away. The next round finishes what one has left.
 */
@ApplicationScoped
public class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final Policies policies;
    private final Survey survey;
    private final RetentionStore store;
    private final SnapshotStore snapshots;
    private final Thinning thinning;
    private final ClockWatch watch;
    private final Operators operators;
    private final MeterRegistry metrics;
    private final Clock clock;

    Retention(
            Policies policies,
            Survey survey,
            RetentionStore store,
            SnapshotStore snapshots,
            Thinning thinning,
            RetentionConfig config,
            Operators operators,
            MeterRegistry metrics,
            Clock clock) {
        this.policies = policies;
        this.survey = survey;
        this.store = store;
        this.snapshots = snapshots;
        this.thinning = thinning;
        this.watch = new ClockWatch(config.clockLeap(), config.clockHold());
        this.operators = operators;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What is kept of a tenant, why, and what would go next. Changes nothing. */
    public Outlook outlook(TenantId tenant) {
        @Nullable Policy policy = policies.of(tenant).orElse(null);
        Standing standing = store.standing(tenant);
        List<StoredMoment> stored = store.moments(tenant);
        List<KeptMoment> kept = stored.stream().map(StoredMoment::moment).toList();
        List<String> frozenBy = survey.frozenBy(tenant);
        @Nullable LastRound round = LastRound.of(standing.round());
        if (policy == null) {
            return new Outlook(
                    null, frozenBy, null, standing.since(), kept, List.of(), standing.since(), List.of(), 0, round);
        }
        @Nullable Instant sealed = survey.sealedLast(tenant);
        Optional<Obstacle> obstacle = survey.obstacle(tenant, watch.look(standing, clock.instant(), sealed), sealed);
        @Nullable Plan plan = sealed == null ? null : plan(tenant, policy, sealed);
        return new Outlook(
                policy,
                frozenBy,
                obstacle.map(Obstacle::toString).orElse(null),
                standing.since(),
                kept,
                survey.lastGood(tenant, policy.last()),
                plan == null ? standing.since() : plan.since(),
                plan == null ? List.of() : plan.drops().stream().map(Going::of).toList(),
                plan == null ? 0 : versions(tenant, plan, standing, stored),
                round);
    }

    private long versions(TenantId tenant, Plan plan, Standing standing, List<StoredMoment> stored) {
        long count = 0;
        for (Gap gap : open(plan, standing, stored)) {
            count += thinning.count(tenant, gap, (int) (Outlook.MOST_COUNTED - count));
        }
        return count;
    }

    private Plan plan(TenantId tenant, Policy policy, Instant sealed) {
        return new Planner(policy, sealed).plan(survey.known(tenant, policy, sealed));
    }

    /**
     * One round with one tenant. Does nothing if the tenant has no policy.
     *
     * @param held whether the right to do it is still held
     */
    void round(TenantId tenant, BooleanSupplier held) {
        policies.of(tenant).ifPresent(policy -> round(tenant, policy, held));
    }

    private void round(TenantId tenant, Policy policy, BooleanSupplier held) {
        Instant began = clock.instant();
        Done done = new Done(tenant, policy, held);
        @Nullable Obstacle obstacle = null;
        try {
            done.round(began);
        } catch (HeldRoundException e) {
            obstacle = e.obstacle();
        } catch (DamagedHistoryException e) {
            obstacle = new Obstacle(Obstacle.Kind.DAMAGED, String.valueOf(e.getMessage()));
        }
        metrics.counter("tidemark.retention.thinned").increment(done.versions);
        @Nullable String why = obstacle == null ? null : obstacle.toString();
        if (obstacle != null) {
            metrics.counter("tidemark.retention.held", "kind", obstacle.kind().name())
                    .increment();
        }
        store.ended(tenant, new Round(began, clock.instant(), done.snapshots, done.versions, why));
        LOG.infof(
                "retention round ended tenant=%s snapshots=%d versions=%d held=%s",
                tenant, done.snapshots, done.versions, Objects.requireNonNullElse(why, "-"));
    }

    /** The gaps that have not been thinned as they are now. */
    private static List<Gap> open(Plan plan, Standing standing, List<StoredMoment> stored) {
        Map<Instant, String> known = new HashMap<>();
        stored.forEach(moment -> {
            if (moment.gap() != null) {
                known.put(moment.moment().instant(), moment.gap());
            }
        });
        List<Gap> open = new ArrayList<>();
        List<Gap> gaps = plan.gaps();
        for (Gap gap : gaps.subList(0, gaps.size() - 1)) {
            if (!name(gap).equals(known.get(gap.upTo()))) {
                open.add(gap);
            }
        }
        open.add(rest(gaps.get(gaps.size() - 1), standing.lastGap()));
        return open;
    }

    private static Gap rest(Gap last, @Nullable String done) {
        String name = name(last) + "|";
        return done != null && done.startsWith(name) ? last.from(Stamp.parse(done.substring(name.length()))) : last;
    }

    private static String name(Gap gap) {
        return Stamp.text(gap.after()) + "|" + Stamp.text(gap.before().isAfter(LAST) ? LAST : gap.before());
    }

    private static Set<Instant> instants(Plan plan) {
        return plan.kept().stream().map(KeptMoment::instant).collect(Collectors.toSet());
    }

    /** One round, and how far it came. */
    private final class Done {
        private final TenantId tenant;
        private final Policy policy;
        private final BooleanSupplier held;
        private long snapshots;
        private long versions;

        Done(TenantId tenant, Policy policy, BooleanSupplier held) {
            this.tenant = tenant;
            this.policy = policy;
            this.held = held;
        }

        void round(Instant now) {
            Standing standing = store.standing(tenant);
            @Nullable Instant sealed = survey.sealedLast(tenant);
            ClockWatch.Look look = watch.look(standing, now, sealed);
            store.looked(tenant, look.at(), look.leap());
            tell(look.leap(), standing.leap());
            Optional<Obstacle> obstacle = survey.obstacle(tenant, look, sealed);
            if (obstacle.isPresent() || sealed == null) {
                throw new HeldRoundException(obstacle.orElseThrow());
            }
            Known known = survey.known(tenant, policy, sealed);
            Plan plan = new Planner(policy, sealed).plan(known);
            keep(plan.kept());
            List<KeptMoment> after = drop(plan, known);
            keep(after);
            finish(plan.keeping(after), known.since());
        }

        /** What is kept must be noted while it is whole, that is before the window moves on over it. */
        private void keep(List<KeptMoment> kept) {
            Set<KeptMoment> known =
                    store.moments(tenant).stream().map(StoredMoment::moment).collect(Collectors.toSet());
            kept.stream().filter(moment -> !known.contains(moment)).forEach(moment -> store.keep(tenant, moment));
        }

        /** Drops snapshots; gives back the moments of those that were pinned meanwhile. */
        private List<KeptMoment> drop(Plan plan, Known known) {
            List<KeptMoment> stay = new ArrayList<>();
            for (Drop drop : plan.drops()) {
                goOn();
                SnapshotLine line = drop.snapshot();
                DroppedSnapshot dropped = new DroppedSnapshot(
                        line.id(),
                        line.mode(),
                        line.state(),
                        line.instant(),
                        clock.instant(),
                        drop.rule(),
                        policy.text());
                Instant instant = line.instant();
                if (Retention.this.snapshots.drop(tenant, dropped)) {
                    snapshots++;
                    metrics.counter("tidemark.retention.dropped").increment();
                } else if (line.isSealed()
                        && instant != null
                        && instant.isBefore(plan.since())
                        && known.isWhole(instant)) {
                    stay.add(new KeptMoment(instant, line.startedAt(), line.id(), Set.of(KeptMoment.Why.PINNED)));
                }
            }
            return stay;
        }

        private void finish(Plan plan, @Nullable Instant sinceBefore) {
            goOn();
            store.advance(tenant, plan.since());
            Set<Instant> kept = instants(plan);
            List<StoredMoment> stored = store.moments(tenant);
            stored.stream()
                    .map(moment -> moment.moment().instant())
                    .filter(instant -> !kept.contains(instant))
                    .forEach(instant -> store.release(tenant, instant));
            Plan settled = plan.keeping(late(plan, sinceBefore, stored));
            keep(settled.kept());
            thin(settled, stored);
        }

        /**
         * What was asked for since the plan was made. Whoever asks notes it first and looks then whether the moment is kept; here it is given up
         * first and then looked who asks. So one of the two sees the other.
         */
        private List<KeptMoment> late(Plan plan, @Nullable Instant sinceBefore, List<StoredMoment> stored) {
            Set<Instant> whole =
                    stored.stream().map(moment -> moment.moment().instant()).collect(Collectors.toSet());
            Map<KeptMoment.Why, Set<Instant>> needed = new EnumMap<>(KeptMoment.Why.class);
            needed.put(KeptMoment.Why.OPEN, survey.open(tenant));
            needed.put(KeptMoment.Why.REFERRED, survey.referred(tenant));
            List<KeptMoment> late = new ArrayList<>();
            needed.forEach((why, instants) -> instants.stream()
                    .filter(instant -> instant.isBefore(plan.since()))
                    .filter(instant -> whole.contains(instant) || sinceBefore == null || !instant.isBefore(sinceBefore))
                    .forEach(instant -> late.add(new KeptMoment(instant, instant, null, Set.of(why)))));
            return late;
        }

        private void thin(Plan plan, List<StoredMoment> stored) {
            List<Gap> gaps = plan.gaps();
            Gap last = gaps.get(gaps.size() - 1);
            for (Gap gap : open(plan, store.standing(tenant), stored)) {
                goOn();
                Object unused = thinning.thin(tenant, gap, going -> {
                    goOn();
                    versions += going;
                });
                if (gap.upTo().equals(last.upTo())) {
                    store.thinned(tenant, name(last) + "|" + Stamp.text(last.upTo()));
                } else {
                    store.thinned(tenant, gap.upTo(), name(gap));
                }
            }
        }

        private void goOn() {
            if (!held.getAsBoolean()) {
                throw new HeldRoundException(
                        new Obstacle(Obstacle.Kind.LEASE, "the round was cut off, another one goes on with it"));
            }
            survey.frozen(tenant).ifPresent(frozen -> {
                throw new HeldRoundException(frozen);
            });
        }

        private void tell(@Nullable Leap now, @Nullable Leap before) {
            if (now != null && !now.equals(before)) {
                operators.tell(
                        tenant,
                        "retention-held",
                        "retention",
                        "the clock went from " + now.from() + " to " + now.seen()
                                + " between two rounds of retention, which drops nothing until that is confirmed",
                        now.seen());
            }
        }
    }
}
