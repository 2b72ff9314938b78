package io.tidemark.restore.plan;

import io.tidemark.directory.json.JsonObject;

/** Where an object is now. */
public sealed interface LiveObject {

    LiveObject GONE = new Gone();

    /** It is there, with these properties. */
    record Present(JsonObject properties) implements LiveObject {
        @Override
        public String toString() {
            return "Present";
        }
    }

    /** It is in the recycle bin, with these properties. */
    record Binned(JsonObject properties) implements LiveObject {
        @Override
        public String toString() {
            return "Binned";
        }
    }

    /** It is neither there nor in the recycle bin. */
    record Gone() implements LiveObject {}
}
