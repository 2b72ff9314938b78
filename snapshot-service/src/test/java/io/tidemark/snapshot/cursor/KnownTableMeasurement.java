package io.tidemark.snapshot.cursor;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.canonical.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What remembering an object and its links takes, in memory and in time. Not part of the build: run it by name. */
class KnownTableMeasurement {

    private static final int OBJECTS = Integer.getInteger("objects", 1_000_000);
    private static final int LINKS = Integer.getInteger("links", 7_700_000);
    private static final int LINES = Integer.getInteger("lines", 1_000_000);
    private static final int MEMBERS = 77;
    private static final int SETTLING_ROUNDS = 3;
    private static final double MEGABYTE = 1e6;

    @Test
    void measure() {
        long empty = heap();
        KnownStates known = KnownStates.open(new InMemoryCursorStore(), new TenantId(new UUID(1, 1)), 1);
        KnownTable objects = known.table(ObjectKind.USER.word());
        KnownTable links = known.table(LinkKind.GROUP_MEMBERS.word());
        objects.forgetSeen();
        links.forgetSeen();
        time("objects", OBJECTS, () -> meetObjects(objects));
        time("links", LINKS, () -> meetLinks(links));
        long full = heap();
        time("objects again", OBJECTS, () -> meetObjects(objects));
        time("links again", LINKS, () -> meetLinks(links));
        long before = heap();
        measureLines(known);
        System.out.printf(Locale.ROOT, "measured %.0f MB more for the lines%n", (heap() - before) / MEGABYTE);
        System.out.printf(
                Locale.ROOT,
                "measured %.0f MB, %d bytes an object with its links; digest %s%n",
                (full - empty) / MEGABYTE,
                (full - empty) / OBJECTS,
                known.total(LinkKind.GROUP_MEMBERS.word()).hex());
    }

    /** A report with a line for each user, of which one changes. */
    private static void measureLines(KnownStates known) {
        KnownTable lines = known.table(ObjectKind.USER_REGISTRATION_DETAILS.word());
        lines.forgetSeen();
        time("lines", LINES, () -> meet(lines, ObjectKind.USER_REGISTRATION_DETAILS, LINES));
        time("lines again", LINES, () -> meet(lines, ObjectKind.USER_REGISTRATION_DETAILS, LINES));
        lines.saved();
        StateKey changed = new ObjectRef(ObjectKind.USER_REGISTRATION_DETAILS, id(1, 1)).key();
        lines.present(changed, ContentHash.of(new byte[] {1}));
        lines.changed(
                1,
                buckets -> buckets.forEach((number, bytes) -> System.out.printf(
                        Locale.ROOT, "measured %d bytes to store for one changed line%n", bytes.length)));
    }

    private static void meetObjects(KnownTable table) {
        meet(table, ObjectKind.USER, OBJECTS);
    }

    private static void meet(KnownTable table, ObjectKind kind, int count) {
        for (int number = 0; number < count; number++) {
            StateKey key = new ObjectRef(kind, id(1, number)).key();
            boolean unused = table.meet(key, ContentHash.of(key.id().getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static void meetLinks(KnownTable table) {
        for (int number = 0; number < LINKS; number++) {
            int target = (int) (number * 2_654_435_761L % OBJECTS);
            Link link = new Link(LinkKind.GROUP_MEMBERS, id(2, number / MEMBERS), id(1, target));
            boolean unused = table.meet(link.key(), Canonicaliser.hash(link));
        }
    }

    private static ObjectId id(int kind, int number) {
        return new ObjectId(new UUID(kind, number * 0x9E3779B97F4A7C15L).toString());
    }

    private static void time(String what, int count, Runnable work) {
        long started = System.nanoTime();
        work.run();
        System.out.printf(
                Locale.ROOT, "measured %-14s %d, %d ns each%n", what, count, (System.nanoTime() - started) / count);
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        for (int round = 0; round < SETTLING_ROUNDS; round++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
