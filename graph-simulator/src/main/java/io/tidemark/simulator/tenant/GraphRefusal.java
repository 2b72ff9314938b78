package io.tidemark.simulator.tenant;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that Graph answers with an error. */
public final class GraphRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One line of the error's details. */
    public record Detail(String code, String message, String target) {}

    private final int status;
    private final String code;
    private final transient List<Detail> details;
    private final transient Map<String, String> headers;

    /** An error with details and headers. */
    public GraphRefusal(int status, String code, String message, List<Detail> details, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.details = List.copyOf(details);
        this.headers = Map.copyOf(headers);
    }

    /** A plain error. */
    public GraphRefusal(int status, String code, String message) {
        this(status, code, message, List.of(), Map.of());
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Graph's error code. */
    public String code() {
        return code;
    }

    /** Further details. */
    public List<Detail> details() {
        return details;
    }

    /** Headers of the answer. */
    public Map<String, String> headers() {
        return headers;
    }

    /** 400 with the directory's code. */
    public static GraphRefusal badRequest(String message) {
        return new GraphRefusal(400, "Request_BadRequest", message);
    }

    /** 400 with the code of the OData layer. */
    public static GraphRefusal badQuery(String message) {
        return new GraphRefusal(400, "BadRequest", message);
    }

    /** 400 for a query that the directory cannot answer. */
    public static GraphRefusal unsupportedQuery(String message) {
        return new GraphRefusal(400, "Request_UnsupportedQuery", message);
    }

    /** 404 for an id. */
    public static GraphRefusal notFound(String id) {
        return new GraphRefusal(
                404,
                "Request_ResourceNotFound",
                "Resource '" + id
                        + "' does not exist or one of its queried reference-property objects are not present.");
    }

    /** 403 without a reason. */
    public static GraphRefusal denied() {
        return new GraphRefusal(
                403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    }

    /** 400 because a value belongs to another object. */
    public static GraphRefusal conflict(String property) {
        String message = "Another object with the same value for property " + property + " already exists.";
        return new GraphRefusal(
                400, "Request_BadRequest", message, List.of(new Detail("ObjectConflict", message, property)), Map.of());
    }

    /** 400 because a value is not acceptable. */
    public static GraphRefusal invalidValue(String property, @Nullable String resource) {
        String of = resource == null
                ? ""
                : " of resource '" + Character.toUpperCase(resource.charAt(0)) + resource.substring(1) + "'";
        String message = "Invalid value specified for property '" + property + "'" + of + ".";
        return new GraphRefusal(
                400, "Request_BadRequest", message, List.of(new Detail("InvalidValue", message, property)), Map.of());
    }

    /** 501 for something that this simulator does not have. */
    public static GraphRefusal notImplemented(String what) {
        return new GraphRefusal(501, "NotImplemented", what);
    }
}
