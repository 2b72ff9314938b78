package io.tidemark.diff.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.contracts.Selection;
import io.tidemark.diff.moment.Moment;
import io.tidemark.diff.wanted.WantedState;
import io.tidemark.diff.wanted.WantedStates;
import io.tidemark.diff.wanted.WantedStates.Question;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Streams what must be so for a selection to be as it was. An answer without its last line was cut off. */
@Path("/api/v1/tenants/{tenant}/wanted-states")
class WantedStateResource {

    private static final String NDJSON = "application/x-ndjson";

    private final WantedStates wantedStates;
    private final ObjectMapper mapper;

    WantedStateResource(WantedStates wantedStates, ObjectMapper mapper) {
        this.wantedStates = wantedStates;
        this.mapper = mapper;
    }

    /** Which moment, and what of the tenant; all of it if there is no selection. */
    public record WantedQuestion(
            @Nullable String moment, @Nullable Selection selection) {}

    /** The last line of an answer. */
    public record End(boolean end, long count, Instant instant) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(NDJSON)
    public Response find(@RestPath String tenant, @Nullable WantedQuestion asked) {
        if (asked == null || asked.moment() == null) {
            throw ProblemException.badRequest("moment-missing", "'moment' must be given");
        }
        Selection selection = asked.selection() == null ? Selection.ALL : asked.selection();
        Question question = wantedStates.check(Requests.tenant(tenant), Moment.parse(asked.moment()), selection);
        return Response.ok(answer(question), NDJSON).build();
    }

    private StreamingOutput answer(Question question) {
        return output -> {
            Writer writer = Requests.writer(output);
            try {
                long count = wantedStates.answer(question, state -> write(writer, state));
                writer.write(mapper.writeValueAsString(new End(true, count, question.instant())));
                writer.write('\n');
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            writer.flush();
        };
    }

    private void write(Writer writer, WantedState state) {
        try {
            writer.write(mapper.writeValueAsString(state));
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
