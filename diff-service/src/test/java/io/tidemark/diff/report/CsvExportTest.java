package io.tidemark.diff.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.diff.attribution.Grade;
import io.tidemark.diff.compare.Action;
import io.tidemark.diff.compare.LinkChange.Direction;
import io.tidemark.diff.report.ReportItem.ItemAttribution;
import io.tidemark.diff.report.ReportItem.ItemLink;
import io.tidemark.diff.report.ReportItem.ItemProperty;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvExportTest {

    private static final ItemAttribution NOBODY =
            new ItemAttribution(null, null, null, null, null, Grade.NONE, List.of());

    @Test
    void everyLineSaysWhetherItsObjectMoved() {
        ItemLink link = new ItemLink("members", Direction.ADDED, "u1", "user", NOBODY);
        List<ItemProperty> properties = List.of(new ItemProperty("city", new JsonString("Oslo"), null));

        List<Map<String, String>> moved = read(item(properties, List.of(link), true));
        List<Map<String, String>> still = read(item(properties, List.of(link), false));

        assertThat(moved).hasSize(2).extracting(line -> line.get("moved")).containsOnly("true");
        assertThat(still).hasSize(2).extracting(line -> line.get("moved")).containsOnly("false");
        assertThat(moved).extracting(line -> line.get("change")).containsExactly("property", "link");
        assertThat(moved.get(1)).containsEntry("after", "u1").containsEntry("targetType", "user");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+46 8 123",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\uff1d1+1",
                "'=1",
                "'quoted'",
                "a;=1+1",
                "a\t=1+1",
                "a,\"b\"\r\n=c",
                "Åsa ☃ 𝄞"
            })
    void noCellIsTakenForAFormulaAndEveryOneCanBeReadBack(String value) {
        String lines =
                CsvExport.lines(item(List.of(new ItemProperty("p", null, new JsonString(value))), List.of(), false));

        String cell = cells(lines).get(0).get(column("after"));
        assertThat(cell).doesNotMatch("(?s)[=+\\-@\uff1d\uff0b\uff0d\uff20\\t\\r\\n].*");
        assertThat(cell.startsWith("'") ? cell.substring(1) : cell).isEqualTo(value);
        // In a spreadsheet that divides at semicolons or tabs, only quotation marks keep the rest in its cell.
        assertThat(lines.contains("a;") || lines.contains("a\t"))
                .isEqualTo(lines.contains("\"a;") || lines.contains("\"a\t"));
    }

    @Test
    void aMissingValueAnEmptyTextAnEmptyListAndNullAreFourDifferentCells() {
        List<Map<String, String>> lines = read(item(
                List.of(
                        new ItemProperty("missing", new JsonString("x"), null),
                        new ItemProperty("text", new JsonString("x"), new JsonString("")),
                        new ItemProperty("list", new JsonString("x"), value("[]")),
                        new ItemProperty("null", new JsonString("x"), JsonNull.NULL)),
                List.of(),
                false));

        assertThat(lines).extracting(line -> line.get("after")).containsExactly("", "\"\"", "[]", "null");
    }

    private static JsonValue value(String json) {
        return JsonText.parseObject("{\"v\":" + json + "}").find("v").orElseThrow();
    }

    private static ReportItem item(List<ItemProperty> properties, List<ItemLink> links, boolean moved) {
        return new ReportItem(
                "group|g1", "group", "g1", "Everybody", Action.MODIFIED, properties, links, List.of(), moved);
    }

    private static int column(String name) {
        return cells(CsvExport.header()).get(0).indexOf(name);
    }

    private static List<Map<String, String>> read(ReportItem item) {
        List<String> names = cells(CsvExport.header()).get(0);
        List<Map<String, String>> lines = new ArrayList<>();
        for (List<String> cells : cells(CsvExport.lines(item))) {
            assertThat(cells).hasSameSizeAs(names);
            Map<String, String> line = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                line.put(names.get(i), cells.get(i));
            }
            lines.add(line);
        }
        return lines;
    }

    /** Reads as RFC 4180 says. */
    private static List<List<String>> cells(String csv) {
        List<List<String>> lines = new ArrayList<>();
        @Nullable List<String> line = null;
        int at = 0;
        while (at < csv.length()) {
            line = line == null ? new ArrayList<>() : line;
            StringBuilder cell = new StringBuilder();
            if (csv.charAt(at) == '"') {
                for (at++; csv.charAt(at) != '"' || csv.charAt(at + 1) == '"'; at++) {
                    at += csv.charAt(at) == '"' ? 1 : 0;
                    cell.append(csv.charAt(at));
                }
                at++;
            } else {
                for (; csv.charAt(at) != ',' && csv.charAt(at) != '\r'; at++) {
                    cell.append(csv.charAt(at));
                }
            }
            line.add(cell.toString());
            if (csv.charAt(at) == ',') {
                at++;
            } else {
                assertThat(csv.substring(at)).startsWith("\r\n");
                at += 2;
                lines.add(line);
                line = null;
            }
        }
        return lines;
    }
}
