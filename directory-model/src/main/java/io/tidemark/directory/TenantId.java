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
            return new TenantId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tenant id is not a GUID", e);
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
