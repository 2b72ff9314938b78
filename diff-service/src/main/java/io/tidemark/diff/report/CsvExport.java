package io.tidemark.diff.report;

import io.tidemark.contracts.ChangeRecorded.Actor;
import io.tidemark.diff.attribution.Grade;
import io.tidemark.diff.compare.LinkChange.Direction;
import io.tidemark.diff.report.ReportItem.ItemAttribution;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes items as comma-separated values (RFC 4180, UTF-8), one line per single change. A value that is missing is an empty cell; an empty
 * text is a cell with two quotation marks. A cell that a spreadsheet would take for a formula is given a leading apostrophe, as is one that
 * begins with an apostrophe already: whoever takes one away from every cell that begins with one has what was there.
 */
public final class CsvExport {

    /** What spreadsheets of different tongues take for the beginning of a formula, and the apostrophe that keeps them from it. */
    private static final String UNSAFE_STARTS = "=+-@\uff1d\uff0b\uff0d\uff20\t\r\n'";

    /** What ends a cell in some spreadsheet's setting, so that the rest of it would stand in a cell of its own. */
    private static final String QUOTED = ",;\t\"\n\r";

    private static final String EMPTY_TEXT = "\"\"";

    private static final ItemAttribution NOBODY =
            new ItemAttribution(null, null, null, null, null, Grade.NONE, List.of());

    private CsvExport() {}

    public static String header() {
        return line(
                "type",
                "id",
                "name",
                "action",
                "change",
                "path",
                "before",
                "after",
                "targetType",
                "moved",
                "grade",
                "activity",
                "occurredAt",
                "actorKind",
                "actorId",
                "actorName",
                "actorAppId",
                "ipAddress",
                "auditId",
                "correlationId");
    }

    /** The lines of one item. */
    public static String lines(ReportItem item) {
        StringBuilder lines = new StringBuilder();
        Map<String, ItemAttribution> byPath = new HashMap<>();
        for (ItemAttribution attribution : item.attribution()) {
            attribution.paths().forEach(path -> byPath.put(path, attribution));
            if (attribution.paths().isEmpty()) {
                lines.append(change(item, "object", "", null, null, "", attribution));
            }
        }
        item.properties()
                .forEach(property -> lines.append(change(
                        item,
                        "property",
                        property.path(),
                        property.before(),
                        property.after(),
                        "",
                        byPath.getOrDefault(property.path(), NOBODY))));
        item.links().forEach(link -> {
            JsonValue target = new JsonString(link.targetId());
            boolean added = link.action() == Direction.ADDED;
            lines.append(change(
                    item,
                    "link",
                    link.relation(),
                    added ? null : target,
                    added ? target : null,
                    link.targetType() == null ? "" : link.targetType(),
                    link.attribution()));
        });
        return lines.toString();
    }

    private static String change(
            ReportItem item,
            String change,
            String path,
            @Nullable JsonValue before,
            @Nullable JsonValue after,
            String targetType,
            ItemAttribution attribution) {
        List<String> cells = new ArrayList<>();
        cells.add(item.type());
        cells.add(item.id());
        cells.add(text(item.name()));
        cells.add(item.action().name());
        cells.add(change);
        cells.add(path);
        cells.add(value(before));
        cells.add(value(after));
        cells.add(targetType);
        cells.add(Boolean.toString(item.moved()));
        cells.add(attribution.grade().name());
        cells.add(text(attribution.activity()));
        cells.add(
                attribution.occurredAt() == null ? "" : attribution.occurredAt().toString());
        Actor actor = attribution.actor();
        cells.add(actor == null ? "" : actor.kind().name());
        cells.add(actor == null ? "" : text(actor.id()));
        cells.add(actor == null ? "" : text(actor.name()));
        cells.add(actor == null ? "" : text(actor.appId()));
        cells.add(actor == null ? "" : text(actor.ipAddress()));
        cells.add(text(attribution.auditId()));
        cells.add(text(attribution.correlationId()));
        return line(cells.toArray(new String[0]));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String value(@Nullable JsonValue value) {
        if (value == null) {
            return "";
        }
        if (value instanceof JsonString string) {
            return string.value().isEmpty() ? EMPTY_TEXT : string.value();
        }
        return JsonText.text(value);
    }

    private static String line(String... cells) {
        return Arrays.stream(cells).map(CsvExport::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        boolean unsafe = !text.isEmpty() && UNSAFE_STARTS.indexOf(text.charAt(0)) >= 0;
        String safe = unsafe ? "'" + text : text;
        boolean quote = safe.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0);
        return quote ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
