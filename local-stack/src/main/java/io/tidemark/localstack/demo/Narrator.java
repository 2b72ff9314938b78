package io.tidemark.localstack.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells what happens, with a line that moves during each long step, and sums it up in a table at the end. */
final class Narrator {

    private static final Duration RARELY = Duration.ofSeconds(10);
    private static final int LINE = 110;
    private static final int WHAT = 58;
    private static final int FOUND = 52;

    /** What was right is shown this far; what was wrong is shown whole. */
    private static final int SHOWN = 150;

    /** One line of the closing table. */
    private record Row(String what, String found, String seconds, boolean right) {}

    private final PrintStream out;
    private final boolean terminal;
    private final List<Row> rows = new ArrayList<>();
    private long lastTold;

    Narrator(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void act(int number, String title) {
        out.printf("%n%d. %s%n", number, title);
    }

    /** Tells what has happened. */
    void tell(String text) {
        clear();
        out.println("   " + text);
        out.flush();
    }

    /** Tells how far a long step is: in place on a terminal, else now and then. */
    void progress(String text, Duration since) {
        String line = "   " + text + " (" + seconds(since) + " s)";
        if (terminal) {
            out.print("\r" + pad(line, LINE));
            out.flush();
        } else if (System.nanoTime() - lastTold > RARELY.toNanos()) {
            lastTold = System.nanoTime();
            out.println(line);
        }
    }

    /** Adds a line to the closing table that only informs. */
    void note(String what, String found) {
        rows.add(new Row(what, found, "", true));
    }

    /** Adds a line to the closing table that informs of a timed step. */
    void note(String what, String found, Duration took) {
        rows.add(new Row(what, found, seconds(took), true));
    }

    /** Compares what was found with what must have been found. */
    void check(String what, Object expected, Object found) {
        boolean right = expected.equals(found);
        String shown = right ? String.valueOf(found) : found + ", but it must be " + expected;
        rows.add(new Row(what, shown, "", right));
        if (!right) {
            tell("WRONG: " + what + ": " + shown);
        }
    }

    boolean allRight() {
        return rows.stream().allMatch(Row::right);
    }

    /** Prints the closing table. */
    void close() {
        clear();
        out.println();
        out.println(pad("what", WHAT) + pad("found", FOUND) + "seconds");
        out.println("-".repeat(WHAT + FOUND + 7));
        for (Row row : rows) {
            String mark = row.right() ? "" : "  <- WRONG";
            out.println(pad(row.what(), WHAT)
                    + pad(row.right() ? shortened(row.found()) : row.found(), FOUND)
                    + pad(row.seconds(), 7).stripTrailing()
                    + mark);
        }
        out.println();
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }

    private void clear() {
        if (terminal) {
            out.print("\r" + " ".repeat(LINE) + "\r");
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
    }
}
