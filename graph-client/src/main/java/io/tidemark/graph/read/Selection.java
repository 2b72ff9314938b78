package io.tidemark.graph.read;

import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.graph.transport.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which properties are asked for. Directory extensions are only shown when named, so they are added to what the catalogue knows. */
final class Selection {

    private final Supplier<DirectoryExtensions> asking;
    private @Nullable DirectoryExtensions extensions;

    /** A selection that asks which extensions there are when it first needs to know. */
    Selection(Supplier<DirectoryExtensions> asking) {
        this.asking = asking;
    }

    /** The extensions that are asked for. */
    synchronized DirectoryExtensions extensions() {
        DirectoryExtensions known = extensions;
        if (known == null) {
            known = asking.get();
            extensions = known;
        }
        return known;
    }

    /** The query of a list or of a single object; empty text where Graph shows all by default. */
    String query(KindDescription kind) {
        List<String> names = new ArrayList<>(kind.select());
        if (names.isEmpty() && extensionsOf(kind).isEmpty()) {
            return "";
        }
        return text(names.isEmpty() ? kind.named() : names, kind);
    }

    /** The query of a delta, which must name everything to be tracked, links included. */
    String deltaQuery(KindDescription kind) {
        List<String> names = new ArrayList<>(kind.select().isEmpty() ? kind.named() : kind.select());
        kind.linkDescriptions().stream()
                .filter(link -> link.reading() == LinkDescription.Reading.DELTA)
                .map(link -> link.kind().relation())
                .forEach(names::add);
        return text(names, kind);
    }

    private String text(List<String> names, KindDescription kind) {
        List<String> all = new ArrayList<>(names);
        extensionsOf(kind).stream().map(Address::escape).forEach(all::add);
        return "$select=" + String.join(",", all);
    }

    private List<String> extensionsOf(KindDescription kind) {
        return DirectoryExtensions.KINDS.contains(kind.kind()) ? extensions().of(kind.kind()) : List.of();
    }
}
