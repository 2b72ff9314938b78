package io.tidemark.directory.coverage;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.catalogue.Access.Permission;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.directory.catalogue.NativeCoverage;
import io.tidemark.directory.catalogue.Reach;
import io.tidemark.directory.catalogue.Restorability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page that tells people what is covered. */
public final class CoverageDocument {

    private static final String HEAD = """
            # Coverage

            What Tidemark records of a tenant, what it compares, what it can put back, and why the rest is not so; beside it, what Microsoft's own
            Entra Backup and Recovery says that it recovers. This page is written from the catalogue in `directory-model` and held to it by a test;
            the catalogue is held to Graph's published schema by another. What of this one tenant is hidden by missing permissions is told by
            `GET /api/v1/coverage?tenant={id}` of the snapshot service.

            *Kinds* are named as Graph names their types; *addresses* are those below Graph's version. *Recorded* is what every capture reads, or
            full captures only ("full"; the others read what hangs on something that has changed), or only captures that name the object
            ("request"); "as" names the kind or link of this page that something is recorded as instead. *Put back*: "not yet" is what Graph would
            take and this version does not send, "never" what nobody can put back through Graph. *Native* is what Microsoft says that its own
            service recovers. An arrow marks a relation to other objects.

            Bodies are kept as Graph sends them, properties and types that the catalogue does not know included, and compared like the others.
            Users, groups and delegated permission grants show only what is asked for by name: what Graph declares of them and the catalogue does
            not know is asked for too, as far as lists show it ([operations](operations.md#properties-newer-than-the-catalogue)).

            """;

    private CoverageDocument() {}

    /** The page. */
    public static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        summary(text);
        for (ObjectKind kind : ObjectKind.values()) {
            section(Catalogue.of(kind), text);
        }
        return text.toString();
    }

    private static void summary(StringBuilder text) {
        List<KindDescription> kinds =
                Arrays.stream(ObjectKind.values()).map(Catalogue::of).toList();
        long restorable = kinds.stream()
                .filter(kind -> kind.restorability().isRestorable())
                .count();
        long natively =
                kinds.stream().filter(kind -> kind.nativeCoverage().any()).count();
        text.append(kinds.size()).append(" kinds are recorded, ").append(restorable);
        text.append(" of them can be put back; the native service says something of ")
                .append(natively)
                .append(".\n\n");
        text.append("| Kind | Address | Recorded | Put back | Native |\n|---|---|---|---|---|\n");
        for (KindDescription kind : kinds) {
            row(
                    text,
                    "[" + kind.kind().word() + "](#" + kind.kind().word().toLowerCase(java.util.Locale.ROOT) + ")",
                    "`" + kind.path() + "`",
                    cadence(kind.reach()),
                    whether(kind.restorability()),
                    recovered(kind));
        }
    }

    private static void section(KindDescription kind, StringBuilder text) {
        text.append("\n## ").append(kind.kind().word()).append("\n\n");
        text.append("Read with ").append(permissions(kind)).append('.');
        kind.access()
                .optional()
                .ifPresent(why -> text.append(" Skipped where Graph does not show it: ")
                        .append(why)
                        .append('.'));
        if (kind.restorability().state() == Restorability.State.NOT_YET) {
            text.append(" Not put back by this version.");
        } else if (kind.restorability().state() == Restorability.State.NEVER) {
            text.append(" Never put back: ")
                    .append(kind.restorability().reason())
                    .append('.');
        }
        if (!kind.nativeCoverage().note().isEmpty()) {
            text.append(" The native service: ")
                    .append(kind.nativeCoverage().note())
                    .append('.');
        }
        kind.rest().ifPresent(rest -> text.append(" Whatever else its types have is recorded and compared too."));
        personal(kind, text);
        text.append(
                "\n\n| Properties | Recorded | Compared | Put back | How, or why not | Native |\n|---|---|---|---|---|---|\n");
        Map<PropertyCoverage, List<String>> groups = new LinkedHashMap<>();
        for (PropertyCoverage property : PropertyCoverage.of(kind)) {
            groups.computeIfAbsent(unnamed(property), first -> new ArrayList<>())
                    .add(property.name());
        }
        groups.forEach((like, names) -> row(like, "", names, text));
        for (LinkDescription link : kind.linkDescriptions()) {
            boolean restorable = link.restorability().isRestorable();
            row(
                    text,
                    "→ `" + link.kind().relation() + "`",
                    link.reading() == LinkDescription.Reading.DELTA ? "yes" : "full",
                    "yes",
                    yes(restorable),
                    (restorable ? "by reference" : why(link.restorability().reason()))
                            + link.wholeWith().map(CoverageDocument::hiddenOnes).orElse(""),
                    yes(link.nativelyRecovered()));
        }
        relations(kind, text);
    }

    private static void relations(KindDescription kind, StringBuilder text) {
        Map<PropertyCoverage, List<String>> groups = new LinkedHashMap<>();
        for (PropertyCoverage relation : PropertyCoverage.beyond(kind)) {
            groups.computeIfAbsent(unnamed(relation), first -> new ArrayList<>())
                    .add(relation.name());
        }
        groups.forEach((like, names) -> row(like, "→ ", names, text));
    }

    private static void row(PropertyCoverage like, String mark, List<String> names, StringBuilder text) {
        boolean elsewhere = !like.recordedAs().isEmpty();
        row(
                text,
                names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(" ", mark, "")),
                elsewhere ? "as " + like.recordedAs() : yes(like.captured()),
                elsewhere ? "there" : yes(like.compared()),
                elsewhere ? "there" : yes(like.restorable()),
                elsewhere ? "see there" : why(like.remark()),
                yes(like.nativelyRecovered()));
    }

    private static String why(String reason) {
        return reason.equals(Restorability.NOT_YET.reason()) ? "not by this version" : reason;
    }

    private static void personal(KindDescription kind, StringBuilder text) {
        String names = PropertyCoverage.of(kind).stream()
                .filter(PropertyCoverage::personal)
                .map(property -> "`" + property.name() + "`")
                .collect(Collectors.joining(" "));
        if (!names.isEmpty()) {
            text.append(" Personal data may be in ").append(names).append('.');
        }
    }

    private static String hiddenOnes(String permission) {
        return "; without `" + permission + "` Graph leaves hidden ones out";
    }

    private static PropertyCoverage unnamed(PropertyCoverage property) {
        return new PropertyCoverage(
                "",
                property.captured(),
                property.recordedAs(),
                property.compared(),
                property.restorable(),
                property.remark(),
                false,
                property.nativelyRecovered());
    }

    private static String permissions(KindDescription kind) {
        return kind.access().read().stream()
                .map(Permission::least)
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(" and "));
    }

    private static String cadence(Reach reach) {
        return switch (reach.cadence()) {
            case EVERY -> "every capture";
            case FEW -> "every capture while few";
            case FULL -> "full";
            case REQUEST -> "request";
        };
    }

    private static String whether(Restorability restorability) {
        return switch (restorability.state()) {
            case RESTORABLE -> "yes";
            case NOT_YET -> "not yet";
            case NEVER -> "never";
        };
    }

    private static String recovered(KindDescription kind) {
        NativeCoverage coverage = kind.nativeCoverage();
        if (coverage.all()) {
            return "all";
        }
        return coverage.properties().isEmpty()
                ? coverage.any() ? "see below" : "no"
                : coverage.properties().size() == 1
                        ? "1 property"
                        : coverage.properties().size() + " properties";
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
