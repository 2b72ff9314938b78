package io.tidemark.runtime.event;

import io.tidemark.runtime.store.MongoOutage;

/** Tells failures that come from a store or broker that is away from those that are somebody's mistake. */
public final class Outage {

    /** What to do about it. */
    public static final String TODO = "see whether store and broker are well";

    private Outage() {}

    /** Whether the failure says nothing but that the store or the broker did not answer. */
    public static boolean isBehind(Throwable failure) {
        return failure instanceof PublishException || MongoOutage.isBehind(failure);
    }
}
