package io.tidemark.graph.transport;

/** The HTTP methods that Graph knows. */
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
}
