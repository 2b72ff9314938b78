package io.tidemark.snapshot.capture;

import java.util.ArrayList;
import java.util.List;

/** Cuts what is to be asked into what can be asked at once. */
final class Portions {

    private Portions() {}

    /** Views of the list's parts, in its order, each of the size or, at the end, smaller. */
    static <T> List<List<T>> of(List<T> all, int size) {
        List<List<T>> portions = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            portions.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return portions;
    }
}
