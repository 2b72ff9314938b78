package io.tidemark.directory.json;

/** A text; the empty text is a value of its own, neither {@code null} nor missing. */
public record JsonString(String value) implements JsonValue {}
