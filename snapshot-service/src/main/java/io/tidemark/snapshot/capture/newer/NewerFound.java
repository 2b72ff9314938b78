package io.tidemark.snapshot.capture.newer;

import java.util.List;
import java.util.Map;

/**
 * What a capture tells of the properties of one kind that are newer than the catalogue.
 *
 * @param kind the kind
 * @param read those that were asked for, like those of the catalogue
 * @param leftOut those that lists do not show, with the reason
 */
public record NewerFound(String kind, List<String> read, Map<String, String> leftOut) {}
