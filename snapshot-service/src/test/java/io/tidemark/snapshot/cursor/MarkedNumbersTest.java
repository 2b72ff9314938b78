package io.tidemark.snapshot.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarkedNumbersTest {

    private static final long LIMIT = 1L << 52;

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void remembersWhatAMapWould(long seed) {
        Random random = new Random(seed);
        int bits = 4 + random.nextInt(49);
        TreeMap<Long, Integer> expected = new TreeMap<>();
        for (int i = random.nextInt(2000); i > 0; i--) {
            expected.put(random.nextLong() >>> Long.SIZE - bits, random.nextInt(8));
        }
        MarkedNumbers numbers = numbers(expected);
        int puts = 1 + random.nextInt(9);

        for (int step = 0; step < 4000; step++) {
            long number = !expected.isEmpty() && random.nextInt(4) == 0
                    ? expected.ceilingKey(Math.min(expected.lastKey(), random.nextLong() >>> Long.SIZE - bits))
                    : random.nextLong() >>> Long.SIZE - bits;
            int at = numbers.find(number);
            assertThat(at >= 0).isEqualTo(expected.containsKey(number));
            if (random.nextInt(10) < puts) {
                int marks = random.nextInt(8);
                at = numbers.put(number, marks);
                expected.put(number, marks);
            } else if (at >= 0 && random.nextBoolean()) {
                numbers.remove(at);
                expected.remove(number);
                assertThat(numbers.find(number)).isNegative();
                continue;
            } else if (at >= 0) {
                int marks = random.nextInt(8);
                numbers.mark(at, marks);
                expected.put(number, marks);
            }
            if (at >= 0) {
                assertThat(numbers.find(number)).isEqualTo(at);
                assertThat(numbers.number(at)).isEqualTo(number);
                assertThat(numbers.marks(at)).isEqualTo(expected.get(number));
            }
        }

        assertThat(all(numbers)).containsExactlyEntriesOf(expected);
        long from = random.nextLong() >>> Long.SIZE - bits;
        long until = random.nextLong() >>> Long.SIZE - bits;
        Map<Long, Integer> some = new LinkedHashMap<>();
        numbers.forEach(from, until, (at, number, marks) -> some.put(number, marks));
        assertThat(some).isEqualTo(from < until ? expected.subMap(from, until) : Map.of());
        assertThat(all(numbers(expected))).containsExactlyEntriesOf(expected);
    }

    @Test
    void whatIsEmptiedCanBeFilledAgain() {
        MarkedNumbers numbers = new MarkedNumbers(new long[0]);
        for (int round = 0; round < 3; round++) {
            for (long number = 5000; number > 0; number--) {
                int unused = numbers.put(number * number, 5);
            }
            List<Long> found = new ArrayList<>();
            numbers.forEach((at, number, marks) -> found.add(number));
            assertThat(found).hasSize(5000);

            found.forEach(number -> numbers.remove(numbers.find(number)));

            assertThat(all(numbers)).isEmpty();
        }
    }

    @Test
    void theLargestAndTheLeastStandSideBySide() {
        MarkedNumbers numbers = new MarkedNumbers(new long[0]);
        int unused = numbers.put(LIMIT - 1, 7);
        int first = numbers.put(0, 1);

        assertThat(numbers.number(first)).isZero();
        assertThat(all(numbers)).containsExactlyEntriesOf(new TreeMap<>(Map.of(0L, 1, LIMIT - 1, 7)));
        numbers.remove(first);
        assertThat(all(numbers)).containsExactlyEntriesOf(new TreeMap<>(Map.of(LIMIT - 1, 7)));
    }

    @Test
    void marksCanBeChangedOnTheWay() {
        MarkedNumbers numbers = new MarkedNumbers(
                LongStream.range(0, 1000).map(each -> each * 77 << 3 | 3).toArray());

        numbers.forEach((at, number, marks) -> numbers.mark(at, marks & ~1));

        assertThat(all(numbers).values()).hasSize(1000).containsOnly(2);
    }

    private static MarkedNumbers numbers(Map<Long, Integer> marked) {
        return new MarkedNumbers(marked.entrySet().stream()
                .mapToLong(entry -> entry.getKey() << 3 | entry.getValue())
                .toArray());
    }

    private static Map<Long, Integer> all(MarkedNumbers numbers) {
        Map<Long, Integer> all = new LinkedHashMap<>();
        numbers.forEach((at, number, marks) -> {
            assertThat(numbers.number(at)).isEqualTo(number);
            all.put(number, marks);
        });
        return all;
    }
}
