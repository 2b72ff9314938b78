package io.tidemark.diff.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tidemark.contracts.MessageCodec;

/** Spells what runners keep in tasks as JSON and reads it back. */
public final class TaskText {

    private TaskText() {}

    public static String of(Object value) {
        try {
            return MessageCodec.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass().getSimpleName() + " cannot be written", e);
        }
    }

    public static <T> T read(String text, Class<T> type) {
        try {
            return MessageCodec.mapper().readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored " + type.getSimpleName() + " cannot be read", e);
        }
    }
}
