package io.tidemark.runtime.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.tidemark.contracts.ContractException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what went wrong in a request into a problem detail. */
public class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final int SERVER_ERROR = 500;

    @ServerExceptionMapper
    public Response known(ProblemException e, UriInfo request) {
        return response(e, request);
    }

    @ServerExceptionMapper
    public Response brokenContract(ContractException e, UriInfo request) {
        return response(ProblemException.badRequest("invalid-message", text(e)), request);
    }

    @ServerExceptionMapper
    public Response invalid(IllegalArgumentException e, UriInfo request) {
        return response(ProblemException.badRequest("invalid-request", text(e)), request);
    }

    /** A body that is no JSON or does not fit: names the place, never the content. */
    @ServerExceptionMapper
    public Response unreadable(JsonProcessingException e, UriInfo request) {
        String place = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(part ->
                                part.getFieldName() == null ? Integer.toString(part.getIndex()) : part.getFieldName())
                        .collect(Collectors.joining("/"))
                : "";
        String where = place.isEmpty() ? "request body is not valid JSON" : "request body does not fit at " + place;
        return response(ProblemException.badRequest("invalid-body", where), request);
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException e, UriInfo request) {
        int status = e.getResponse().getStatus();
        if (e.getCause() instanceof JsonProcessingException json) {
            return unreadable(json, request);
        }
        String name = Response.Status.fromStatusCode(status) == null
                ? "http-" + status
                : Response.Status.fromStatusCode(status)
                        .getReasonPhrase()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace(' ', '-');
        return response(new ProblemException(status, name, "request could not be served"), request);
    }

    @ServerExceptionMapper
    public Response unexpected(RuntimeException e, UriInfo request) {
        LOG.errorf(e, "request failed path=%s", request.getPath());
        return response(
                new ProblemException(SERVER_ERROR, "internal-error", "request failed; the log has the reason"),
                request);
    }

    private static String text(RuntimeException e) {
        return e.getMessage() == null ? "request is not valid" : e.getMessage();
    }

    private static Response response(ProblemException e, UriInfo request) {
        return Response.status(e.status())
                .type(Problem.MEDIA_TYPE)
                .entity(e.problem(request.getPath()))
                .build();
    }
}
