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
 * Writes items as comma-separated values (RFC 4180), one line per single change. A cell that a spreadsheet would take for a formula is
 * given a leading apostrophe.
 */
public final class CsvExport {

    private static final String FORMULA_STARTS = "=+-@\t\r";

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
        return value instanceof JsonString string ? string.value() : JsonText.text(value);
    }

    private static String line(String... cells) {
        return Arrays.stream(cells).map(CsvExport::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        boolean quote = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quote ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
