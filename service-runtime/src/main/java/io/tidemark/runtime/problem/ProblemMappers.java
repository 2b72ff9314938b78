package io.tidemark.runtime.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.tidemark.contracts.ContractException;
import io.tidemark.runtime.event.Outage;
import jakarta.ws.rs.NotFoundException;
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
    private static final int UNAVAILABLE = 503;

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
        return response(ProblemException.badRequest("invalid-body", UnfitBody.reason(e)), request);
    }

    /** Stands beside the more general one, as the framework has an answer of its own to these that says nothing. */
    @ServerExceptionMapper
    public Response unfit(MismatchedInputException e, UriInfo request) {
        return unreadable(e, request);
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException e, UriInfo request) {
        int status = e.getResponse().getStatus();
        if (e.getCause() instanceof JsonProcessingException json) {
            return unreadable(json, request);
        }
        if (e instanceof NotFoundException && e.getCause() instanceof IllegalArgumentException) {
            String names = request.getQueryParameters().keySet().stream()
                    .sorted()
                    .map(parameter -> "'" + parameter + "'")
                    .collect(Collectors.joining(", "));
            return response(
                    ProblemException.badRequest(
                            "invalid-parameter", "one of these parameters cannot be read as what it is: " + names),
                    request);
        }
        String name = Response.Status.fromStatusCode(status) == null
                ? "http-" + status
                : Response.Status.fromStatusCode(status)
                        .getReasonPhrase()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace(' ', '-');
        return response(new ProblemException(status, name, reason(status)), request);
    }

    @ServerExceptionMapper
    public Response unexpected(RuntimeException e, UriInfo request) {
        if (Outage.isBehind(e)) {
            LOG.warnf(
                    "request not served path=%s reason=%s todo=%s",
                    request.getPath(), e.getClass().getSimpleName(), Outage.TODO);
            return response(
                    new ProblemException(
                            UNAVAILABLE,
                            "store-unreachable",
                            "store or broker do not answer; nothing is known of what became of the request"),
                    request);
        }
        LOG.errorf(e, "request failed path=%s", request.getPath());
        return response(
                new ProblemException(SERVER_ERROR, "internal-error", "request failed; the log has the reason"),
                request);
    }

    private static String reason(int status) {
        return switch (status) {
            case 404 -> "nothing is served at this path";
            case 405 -> "this path does not take the request's method";
            case 406 -> "this path does not answer in any of the forms that the request accepts";
            case 413 -> "request body is too large";
            case 415 -> "this path does not take a body of the request's content type";
            default -> "request could not be served";
        };
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
