package io.tidemark.diff.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.diff.change.ChangeStore;
import io.tidemark.diff.compare.KeyState.Presence;
import io.tidemark.diff.compare.MomentDiffer;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.KeyHistory;
import io.tidemark.diff.history.Mark;
import io.tidemark.diff.history.Span;
import io.tidemark.diff.history.Version;
import io.tidemark.diff.moment.Moment;
import io.tidemark.diff.moment.Moments;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Shows objects and links as they were, their histories, and what the audit log says of them. */
@Path("/api/v1/tenants/{tenant}")
@Produces(MediaType.APPLICATION_JSON)
class HistoryResource {

    private final History history;
    private final ChangeStore changes;
    private final Moments moments;

    HistoryResource(History history, ChangeStore changes, Moments moments) {
        this.history = history;
        this.changes = changes;
        this.moments = moments;
    }

    /** An object or link at a moment. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ObjectView(
            String type,
            String id,
            @Nullable String name,
            Presence state,
            Instant at,
            @Nullable Instant validFrom,
            @Nullable String hash,
            @Nullable String captureId,
            @Nullable List<String> causedBy,
            @Nullable JsonObject body) {}

    /** One version of an object or link, without its content. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record VersionView(
            Instant validFrom,
            @Nullable Instant validTo,
            Presence state,
            @Nullable String hash) {}

    /**
     * Versions of an object or link, oldest first.
     *
     * @param next the cursor with which those before them are asked for; left out if there are none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HistoryView(
            String type,
            String id,
            List<VersionView> versions,
            @Nullable String next) {}

    /** What the audit log says of an object or link, oldest first. */
    public record EventsView(String type, String id, List<ChangeRecorded> events) {}

    @GET
    @Path("/objects/{type}/{id}")
    public ObjectView find(
            @RestPath String tenant,
            @RestPath String type,
            @RestPath String id,
            @QueryParam("at") @DefaultValue("latest") String at) {
        TenantId owner = Requests.tenant(tenant);
        StateKey key = key(type, id);
        Instant instant = moments.instant(owner, Moment.parse(at));
        KeyHistory known = known(owner, key);
        Version version = moments.whole(owner, instant, () -> history.at(owner, known, instant))
                .orElseThrow(() -> ProblemException.notFound("unknown-object", "nothing was known of it yet"));
        var state = Span.state(version);
        return new ObjectView(
                type,
                id,
                MomentDiffer.name(state.properties()).orElse(null),
                state.presence(),
                instant,
                version.mark().at(),
                version.mark().hash(),
                version.captureId().isEmpty() ? null : version.captureId(),
                version.causedBy(),
                version.isPresent() ? state.properties() : null);
    }

    @GET
    @Path("/objects/{type}/{id}/history")
    public HistoryView history(
            @RestPath String tenant,
            @RestPath String type,
            @RestPath String id,
            @QueryParam("limit") @DefaultValue("1000") int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        TenantId owner = Requests.tenant(tenant);
        int wanted = Requests.limit(limit);
        KeyHistory known = known(owner, key(type, id));
        // Up to the version with which the page before began: it says until when the one before it held.
        Instant until = instant("cursor", cursor, History.NEWEST);
        List<Mark> marks = history.marks(owner, known, Instant.EPOCH, until, wanted + 2);
        int shown = !marks.isEmpty() && marks.get(marks.size() - 1).at().equals(until) ? 1 : 0;
        int first = Math.max(0, marks.size() - shown - wanted);
        List<VersionView> versions = new ArrayList<>();
        for (int i = first; i < marks.size() - shown; i++) {
            Mark mark = marks.get(i);
            versions.add(new VersionView(
                    mark.at(), i + 1 < marks.size() ? marks.get(i + 1).at() : null, Span.presence(mark), mark.hash()));
        }
        return new HistoryView(
                type, id, versions, first == 0 ? null : marks.get(first).at().toString());
    }

    @GET
    @Path("/attribution/{type}/{id}")
    public EventsView attribution(
            @RestPath String tenant,
            @RestPath String type,
            @RestPath String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        StateKey key = key(type, id);
        List<ChangeRecorded> events = changes.find(
                        Requests.tenant(tenant),
                        List.of(key),
                        instant("from", from, Instant.EPOCH),
                        instant("to", to, History.NEWEST))
                .getOrDefault(key, List.of());
        return new EventsView(type, id, events);
    }

    private KeyHistory known(TenantId tenant, StateKey key) {
        return history.find(tenant, key)
                .orElseThrow(() -> ProblemException.notFound("unknown-object", "nothing is known of it"));
    }

    private static StateKey key(String type, String id) {
        StateKey key = new StateKey(type, id);
        var unused = MomentDiffer.owner(key);
        return key;
    }

    private static Instant instant(String name, @Nullable String text, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw ProblemException.badRequest("invalid-instant", "'" + name + "' is not an instant in ISO 8601");
        }
    }
}
