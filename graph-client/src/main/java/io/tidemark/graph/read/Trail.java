package io.tidemark.graph.read;

import io.tidemark.graph.transport.GraphException;
import java.util.HashMap;
import java.util.Map;

/** The links that one listing has followed, so that one which leads round in a circle comes to an end. */
public final class Trail {

    /** A page may come twice, or a few times. */
    private static final int MOST_TIMES = 5;

    private final Map<Integer, Integer> followed = new HashMap<>();

    /**
     * Notes that a link is followed, and gives it back.
     *
     * @throws GraphException of reason {@code BAD_ANSWER} if it was followed again and again
     */
    public String follow(String link) {
        if (followed.merge(link.hashCode(), 1, Integer::sum) > MOST_TIMES) {
            throw GraphException.unreadable("a list leads round in a circle");
        }
        return link;
    }
}
