package io.tidemark.diff.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.diff.retention.KeptMoment;
import io.tidemark.diff.retention.Outlook;
import io.tidemark.diff.retention.Outlook.Going;
import io.tidemark.diff.retention.Outlook.LastRound;
import io.tidemark.diff.retention.Policy;
import io.tidemark.diff.retention.Retention;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Shows what retention keeps of a tenant, why, and what it would drop next. */
@Path("/api/v1/tenants/{tenant}/retention")
@Produces(MediaType.APPLICATION_JSON)
class RetentionResource {

    private static final int MOST_SHOWN = 1000;

    private final Retention retention;

    RetentionResource(Retention retention) {
        this.retention = retention;
    }

    /** The rules; {@code monthly} is left out where months have no end, and everything but the first where everything is kept. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PolicyView(
            boolean keepsEverything,
            @Nullable String window,
            @Nullable Integer daily,
            @Nullable Integer weekly,
            @Nullable Integer monthly,
            @Nullable Integer last) {

        static PolicyView of(@Nullable Policy policy) {
            return policy == null
                    ? new PolicyView(true, null, null, null, null, null)
                    : new PolicyView(
                            false,
                            policy.windowText(),
                            policy.daily(),
                            policy.weekly(),
                            policy.monthly() == Policy.EVER ? null : policy.monthly(),
                            policy.last());
        }
    }

    /** A single moment that is kept, and why. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record KeptView(Instant instant, @Nullable String snapshotId, List<KeptMoment.Why> why) {

        static KeptView of(KeptMoment moment) {
            return new KeptView(moment.instant(), moment.snapshot(), List.copyOf(new TreeSet<>(moment.why())));
        }
    }

    /**
     * What the next round would do if nothing stood in its way.
     *
     * @param keptSince from when on every moment would be kept then
     * @param snapshots how many snapshots it would drop
     * @param drops the first thousand of them, earliest first
     * @param versions how many versions it would thin, counted up to a hundred thousand
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NextView(@Nullable Instant keptSince, int snapshots, List<Going> drops, long versions) {}

    /**
     * What is kept and what would go.
     *
     * @param frozen whether suspect snapshots hold everything
     * @param because which
     * @param held why a round would drop nothing now; left out if nothing stands in the way
     * @param keptSince every moment from here on is kept; left out if everything is
     * @param moments how many single moments before that are kept
     * @param kept the newest thousand of them, earliest first
     * @param lastGood the last good full snapshots
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RetentionPage(
            String tenantId,
            PolicyView policy,
            boolean frozen,
            List<String> because,
            @Nullable String held,
            @Nullable Instant keptSince,
            int moments,
            List<KeptView> kept,
            List<String> lastGood,
            @Nullable NextView next,
            @Nullable LastRound lastRound) {}

    @GET
    public RetentionPage show(@RestPath String tenant) {
        var owner = Requests.tenant(tenant);
        Outlook outlook = retention.outlook(owner);
        List<KeptMoment> kept = outlook.kept();
        List<Going> drops = outlook.drops();
        return new RetentionPage(
                owner.toString(),
                PolicyView.of(outlook.policy()),
                !outlook.frozenBy().isEmpty(),
                outlook.frozenBy(),
                outlook.held(),
                outlook.since(),
                kept.size(),
                kept.subList(Math.max(0, kept.size() - MOST_SHOWN), kept.size()).stream()
                        .map(KeptView::of)
                        .toList(),
                outlook.last(),
                outlook.policy() == null
                        ? null
                        : new NextView(
                                outlook.nextSince(),
                                drops.size(),
                                drops.subList(0, Math.min(MOST_SHOWN, drops.size())),
                                outlook.versions()),
                outlook.round());
    }
}
