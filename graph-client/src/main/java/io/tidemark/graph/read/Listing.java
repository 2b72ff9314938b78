package io.tidemark.graph.read;

/**
 * What a listing took.
 *
 * @param objects the objects of the last, complete pass
 * @param requests the pages fetched, those of given-up passes included
 * @param restarts how often it began again
 */
public record Listing(long objects, long requests, int restarts) {}
