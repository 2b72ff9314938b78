package io.tidemark.graph.read;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.graph.transport.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which properties are asked for. Extensions are only shown when named, so they are added to what the catalogue knows; where everything else is
 * shown only to those who name nothing, they are asked for apart.
 */
final class Selection {

    private final Supplier<DirectoryExtensions> asking;
    private final Supplier<SchemaExtensions> askingSchemas;
    private final Map<ObjectKind, List<String>> newer = new ConcurrentHashMap<>();
    private final Map<ObjectKind, List<String>> noted = new ConcurrentHashMap<>();
    private @Nullable DirectoryExtensions extensions;
    private @Nullable SchemaExtensions schemas;

    /** A selection that asks which extensions there are when it first needs to know. */
    Selection(Supplier<DirectoryExtensions> asking, Supplier<SchemaExtensions> askingSchemas) {
        this.asking = asking;
        this.askingSchemas = askingSchemas;
    }

    /** From now on these are asked for, too, wherever a kind's properties are named. */
    void alsoSelect(ObjectKind kind, List<String> names) {
        newer.put(kind, List.copyOf(names));
    }

    /** The directory extensions that are asked for. */
    synchronized DirectoryExtensions extensions() {
        DirectoryExtensions known = extensions;
        if (known == null) {
            known = asking.get();
            extensions = known;
        }
        return known;
    }

    /** The schema extensions whose values are asked for. */
    synchronized SchemaExtensions schemas() {
        SchemaExtensions known = schemas;
        if (known == null) {
            known = askingSchemas.get();
            schemas = known;
        }
        return known;
    }

    /** The schema extensions of a kind that is extended, if all were asked for. */
    synchronized Optional<List<String>> asked(KindDescription kind) {
        SchemaExtensions known = schemas;
        return known == null || !kind.reach().extended()
                ? Optional.empty()
                : Optional.of(known.of(kind.types().names().get(0)));
    }

    /** Until all schema extensions are asked for, these are taken to be those of a kind. */
    void noteSchemas(ObjectKind kind, List<String> names) {
        noted.put(kind, List.copyOf(names));
    }

    private List<String> schemasOf(KindDescription kind) {
        return asked(kind)
                .or(() -> Optional.ofNullable(noted.get(kind.kind())))
                .orElseGet(() -> schemas().of(kind.types().names().get(0)));
    }

    /** The query of a list or of a single object; empty text where Graph shows all by default. */
    String query(KindDescription kind) {
        String known = queryOfKnown(kind);
        return known.isEmpty() ? known : known + newerOf(kind);
    }

    /** As {@link #query}, of what the catalogue knows alone. */
    String queryOfKnown(KindDescription kind) {
        if (kind.select().isEmpty()) {
            return "";
        }
        List<String> names = new ArrayList<>(kind.select());
        if (kind.reach().extended()) {
            names.addAll(schemasOf(kind));
        }
        return text(names, kind);
    }

    /** The query that shows what Graph keeps back from those who name nothing; empty if there is nothing of the sort. */
    Optional<String> apart(KindDescription kind) {
        return kind.select().isEmpty() && !extensionsOf(kind).isEmpty()
                ? Optional.of(text(List.of(kind.reach().key()), kind))
                : Optional.empty();
    }

    /** Whether a kind that holds nothing but extensions has none to show. */
    boolean isVain(KindDescription kind) {
        return kind.reach().extended()
                && !kind.reach().query().contains("$expand")
                && schemas().of(kind.types().names().get(0)).isEmpty();
    }

    /** The query of a delta, which must name everything to be tracked, links included. */
    String deltaQuery(KindDescription kind) {
        List<String> names = new ArrayList<>(kind.select().isEmpty() ? kind.named() : kind.select());
        kind.linkDescriptions().stream()
                .filter(link -> link.reading() == LinkDescription.Reading.DELTA)
                .map(link -> link.kind().relation())
                .forEach(names::add);
        return text(names, kind) + newerOf(kind);
    }

    private String newerOf(KindDescription kind) {
        return newer.getOrDefault(kind.kind(), List.of()).stream()
                .map(name -> "," + name)
                .collect(Collectors.joining());
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
