package io.tidemark.directory.json;

/** A JSON value. Values are immutable and equal when they mean the same: the order of object members and the spelling of numbers do not count. */
public sealed interface JsonValue permits JsonNull, JsonBoolean, JsonNumber, JsonString, JsonArray, JsonObject {

    /** Whether this is the explicit {@code null}. */
    default boolean isNull() {
        return false;
    }
}
