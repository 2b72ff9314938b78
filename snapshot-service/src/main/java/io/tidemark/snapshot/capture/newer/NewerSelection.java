package io.tidemark.snapshot.capture.newer;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.graph.transport.GraphException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which properties newer than the catalogue one capture asks for. */
public interface NewerSelection {

    /** None ever. */
    NewerSelection NONE = new NewerSelection() {};

    /** Looks which there are, if nobody has for about a day. Never fails: what is not found out is told in the log. */
    default void look() {}

    /** Those that are asked for with objects of a kind. */
    default List<NewerProperty> of(ObjectKind kind) {
        return List.of();
    }

    /** Their names, with commas between. */
    default String names(ObjectKind kind) {
        return of(kind).stream().map(NewerProperty::name).collect(Collectors.joining(","));
    }

    /**
     * All that is asked for of a kind by name. A delta query tells of what it was begun with, so a new catalogue or a new property needs a
     * new one.
     */
    default String asked(ObjectKind kind) {
        KindDescription description = Catalogue.of(kind);
        List<String> known = description.select().isEmpty() ? description.named() : description.select();
        byte[] catalogue = String.join(",", known).getBytes(StandardCharsets.UTF_8);
        return ContentHash.of(catalogue).hex() + " " + names(kind);
    }

    /**
     * Asks for no more of a kind, because a reading failed that may have failed for them.
     *
     * @return whether a reading without them can do better
     */
    default boolean giveUp(ObjectKind kind, GraphException why) {
        return false;
    }

    /** Remembers those that were given up, of kinds that could be read without them. */
    default void settle(Predicate<ObjectKind> wasRead) {}

    /** What is to be told of them. */
    default List<NewerFound> found() {
        return List.of();
    }
}
