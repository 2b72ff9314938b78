package io.tidemark.directory.json;

/** The explicit {@code null}, which is not the same as a missing property. */
public enum JsonNull implements JsonValue {
    NULL;

    @Override
    public boolean isNull() {
        return true;
    }

    @Override
    public String toString() {
        return "null";
    }
}
