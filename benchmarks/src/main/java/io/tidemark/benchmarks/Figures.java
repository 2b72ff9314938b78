package io.tidemark.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures of one run, as a Markdown table. */
final class Figures {

    private final List<String> rows = new ArrayList<>();

    void add(String what, String figure) {
        rows.add("| " + what + " | " + figure + " |");
    }

    void add(String what, double figure, String unit) {
        add(what, String.format(Locale.ROOT, figure < 10 ? "%.2f %s" : "%.0f %s", figure, unit));
    }

    String table(String title) {
        return "| " + title + " | |\n|---|---|\n" + String.join("\n", rows) + "\n";
    }
}
