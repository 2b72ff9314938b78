package io.tidemark.directory;

import io.tidemark.directory.json.JsonObject;

/** One object as Graph showed it at one moment. The properties are what was sent, id included. */
public record DirectoryObject(ObjectRef ref, JsonObject properties) {

    /** Names the object only: properties hold personal data and do not belong in a log. */
    @Override
    public String toString() {
        return ref.toString();
    }
}
