package io.tidemark.diff.wanted;

import io.tidemark.contracts.Selection;
import io.tidemark.diff.compare.KeyState;
import io.tidemark.diff.compare.MomentDiffer;
import io.tidemark.diff.compare.StatePair;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.Span;
import io.tidemark.diff.moment.Moment;
import io.tidemark.diff.moment.Moments;
import io.tidemark.diff.report.Report;
import io.tidemark.diff.report.ReportStore;
import io.tidemark.diff.report.ReportStore.Position;
import io.tidemark.diff.report.Scope;
import io.tidemark.diff.wanted.WantedState.Wanted;
import io.tidemark.directory.Link;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds what must be so for a selection to be as it was. What it costs grows with what changed since, not with the tenant. */
@ApplicationScoped
public class WantedStates {

    private static final int CHUNK = 1000;
    private static final int MOST_NAMED = 1000;

    private final History history;
    private final Moments moments;
    private final ReportStore reports;

    public WantedStates(History history, Moments moments, ReportStore reports) {
        this.history = history;
        this.moments = moments;
        this.reports = reports;
    }

    /** A question whose parts have been found to be in order. */
    public record Question(
            TenantId tenant,
            Instant instant,
            Selection selection,
            @Nullable Report report) {}

    /**
     * Checks a question before it is answered, so that it is refused as a whole or not at all.
     *
     * @throws ProblemException if the moment or the report cannot be used
     */
    public Question check(TenantId tenant, Moment moment, Selection selection) {
        Instant instant = moments.referred(tenant, moment);
        if (selection.reportId() == null) {
            if (ReportKeys.isByCause(selection)) {
                throw ProblemException.badRequest(
                        "report-missing", "a selection by actor, time or correlation needs a reportId");
            }
            return new Question(tenant, instant, selection, null);
        }
        Report report = reports.find(tenant, selection.reportId())
                .orElseThrow(() -> ProblemException.notFound("unknown-report", "the report is not known"));
        if (report.state() != Report.State.READY) {
            throw ProblemException.conflict("report-not-ready", "the report is " + report.state());
        }
        return new Question(tenant, instant, selection, report);
    }

    /** Hands over every selected key that is not as it was, and the named objects even if they are; in order of key. */
    public long answer(Question question, Consumer<WantedState> sink) {
        Selection selection = question.selection();
        @Nullable ReportKeys listed = question.report() == null ? null : listed(question.report(), selection);
        Set<StateKey> changed = listed != null
                ? listed.keys()
                : history.changedBetween(question.tenant(), question.instant(), History.NEWEST);
        Set<StateKey> keys = new TreeSet<>();
        for (StateKey key : new Scope(selection.types(), selection.objects()).filter(changed)) {
            if (isLinkWanted(key, selection)) {
                keys.add(key);
            }
        }
        Set<StateKey> named = named(selection);
        keys.addAll(named);
        long count = 0;
        List<StateKey> sorted = List.copyOf(keys);
        for (int start = 0; start < sorted.size(); start += CHUNK) {
            List<StateKey> chunk = sorted.subList(start, Math.min(start + CHUNK, sorted.size()));
            List<WantedState> states =
                    moments.whole(question.tenant(), question.instant(), () -> wanted(question, chunk, named, listed));
            for (WantedState state : states) {
                sink.accept(state);
                count++;
            }
        }
        return count;
    }

    private ReportKeys listed(Report report, Selection selection) {
        ReportKeys listed = new ReportKeys(selection);
        reports.read(report, Position.START, (position, item) -> {
            listed.add(item);
            return true;
        });
        return listed;
    }

    private static boolean isLinkWanted(StateKey key, Selection selection) {
        if (!key.isLink()) {
            return true;
        }
        if (selection.links().isEmpty()) {
            return selection.properties().isEmpty();
        }
        return selection.links().contains(Link.parse(key).kind().relation());
    }

    private static Set<StateKey> named(Selection selection) {
        Set<StateKey> named = new TreeSet<>();
        if (selection.objects().size() <= MOST_NAMED) {
            selection.objects().forEach(object -> named.add(new StateKey(object.type(), object.id())));
        }
        return named;
    }

    private List<WantedState> wanted(
            Question question, List<StateKey> keys, Set<StateKey> named, @Nullable ReportKeys listed) {
        Map<StateKey, StatePair> pairs = new HashMap<>();
        for (Span span : history.spans(question.tenant(), keys, question.instant(), History.NEWEST)) {
            pairs.put(span.key(), span.pair());
        }
        List<WantedState> wanted = new ArrayList<>();
        for (StateKey key : keys) {
            StatePair pair = pairs.getOrDefault(key, new StatePair(key, KeyState.NEVER, KeyState.NEVER));
            boolean absentBoth = !pair.before().isPresent() && !pair.after().isPresent();
            if (named.contains(key) || pair.differs() && !absentBoth) {
                wanted.add(state(pair, listed == null ? null : listed.pathsOf(key)));
            }
        }
        return wanted;
    }

    private static WantedState state(StatePair pair, @Nullable List<String> paths) {
        KeyState was = pair.before();
        KeyState is = pair.after();
        return new WantedState(
                pair.key().type(),
                pair.key().id(),
                was.isPresent() ? Wanted.PRESENT : Wanted.ABSENT,
                was.hash(),
                was.isPresent() ? was.properties() : null,
                is.presence(),
                is.hash(),
                MomentDiffer.name(was.properties())
                        .or(() -> MomentDiffer.name(is.properties()))
                        .orElse(null),
                paths);
    }
}
