package io.tidemark.directory;

import java.util.UUID;

/** A protected tenant's directory id. */
public record TenantId(UUID value) {

    /**
     * Reads a tenant id in its usual spelling.
     *
     * @throws IllegalArgumentException if the text is not a GUID
     */
    public static TenantId parse(String text) {
        try {
            UUID value = UUID.fromString(text);
            if (value.toString().equalsIgnoreCase(text)) {
                return new TenantId(value);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tenant id is not a GUID", e);
        }
        throw new IllegalArgumentException("tenant id is not a GUID");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
