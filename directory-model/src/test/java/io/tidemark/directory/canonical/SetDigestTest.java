package io.tidemark.directory.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.directory.StateKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetDigestTest {

    private record Term(StateKey key, ContentHash hash) {}

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderDoesNotMatter(long seed) {
        List<Term> terms = terms(seed);
        SetDigest inOrder = digest(terms);

        Collections.shuffle(terms, new Random(seed));

        assertThat(digest(terms)).isEqualTo(inOrder);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWentInCanBeTakenOutAgain(long seed) {
        List<Term> terms = terms(seed);
        SetDigest all = digest(terms);
        Term one = terms.get(0);

        SetDigest without = all.minus(one.key(), one.hash());

        assertThat(without).isEqualTo(digest(terms.subList(1, terms.size())));
        assertThat(without.plus(one.key(), one.hash())).isEqualTo(all);
        assertThat(SetDigest.EMPTY.minus(one.key(), one.hash()).plus(one.key(), one.hash()))
                .isEqualTo(SetDigest.EMPTY);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSumComesToTheSameDigest(long seed) {
        List<Term> terms = terms(seed);
        List<Term> more = terms(seed + 1);
        SetDigest expected = digest(terms);

        SetSum sum = SetSum.from(expected);
        assertThat(sum.digest()).isEqualTo(expected);
        for (Term term : more) {
            sum.add(term.key(), term.hash());
        }
        assertThat(sum.digest()).isEqualTo(expected.plus(digest(more)));
        for (Term term : terms) {
            sum.remove(term.key(), term.hash());
        }
        assertThat(sum.digest()).isEqualTo(digest(more));
        assertThat(sum.count()).isEqualTo(more.size());
    }

    @Test
    void aSumCarriesAndBorrowsThroughAllItsWords() {
        Term term = terms(1).get(0);
        BigInteger one = SetDigest.EMPTY.plus(term.key(), term.hash()).sum();
        BigInteger all = BigInteger.ONE.shiftLeft(256);
        for (BigInteger start : List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                one,
                one.subtract(BigInteger.ONE),
                one.add(BigInteger.ONE.shiftLeft(64)),
                all.subtract(one),
                all.subtract(one).subtract(BigInteger.ONE),
                all.subtract(BigInteger.ONE))) {
            SetDigest before = new SetDigest(1, start);

            SetSum less = SetSum.from(before);
            less.remove(term.key(), term.hash());
            assertThat(less.digest()).isEqualTo(before.minus(term.key(), term.hash()));
            SetSum more = SetSum.from(before);
            more.add(term.key(), term.hash());
            assertThat(more.digest()).isEqualTo(before.plus(term.key(), term.hash()));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void twoSetsTogetherAreTheirUnion(long seed) {
        List<Term> terms = terms(seed);
        int middle = terms.size() / 2;

        assertThat(digest(terms.subList(0, middle)).plus(digest(terms.subList(middle, terms.size()))))
                .isEqualTo(digest(terms));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void itIsReadBackAsWritten(long seed) {
        SetDigest digest = digest(terms(seed));

        assertThat(digest.hex()).hasSize(64);
        assertThat(SetDigest.parse(digest.count(), digest.hex())).isEqualTo(digest);
    }

    @Test
    void keyAndContentBothCount() {
        ContentHash a = hash("a");
        ContentHash b = hash("b");
        SetDigest one = SetDigest.EMPTY.plus(new StateKey("user", "1"), a).plus(new StateKey("user", "2"), b);
        SetDigest swapped = SetDigest.EMPTY.plus(new StateKey("user", "1"), b).plus(new StateKey("user", "2"), a);

        assertThat(one).isNotEqualTo(swapped);
        assertThat(one.count()).isEqualTo(2);
    }

    @Test
    void theEmptySetHasADigestToo() {
        assertThat(SetDigest.EMPTY.hex()).isEqualTo("0".repeat(64));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zz", "AB"})
    void whatIsNoHashIsRefused(String text) {
        String digits = text.isEmpty() ? text : text.repeat(32);

        assertThatThrownBy(() -> new ContentHash(digits)).isInstanceOf(IllegalArgumentException.class);
    }

    private static SetDigest digest(List<Term> terms) {
        SetDigest digest = SetDigest.EMPTY;
        for (Term term : terms) {
            digest = digest.plus(term.key(), term.hash());
        }
        return digest;
    }

    private static List<Term> terms(long seed) {
        Random dice = new Random(seed);
        List<Term> terms = new ArrayList<>();
        for (int i = 1 + dice.nextInt(20); i > 0; i--) {
            terms.add(new Term(new StateKey("user", "u" + i), hash(Integer.toString(dice.nextInt()))));
        }
        return terms;
    }

    private static ContentHash hash(String text) {
        return ContentHash.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
