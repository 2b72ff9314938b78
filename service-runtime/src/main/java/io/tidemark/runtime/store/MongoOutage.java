package io.tidemark.runtime.store;

import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;

/** Tells failures that come from a store that is away from those that are somebody's mistake. */
public final class MongoOutage {

    private MongoOutage() {}

    /** Whether the failure says nothing but that the store did not answer. */
    public static boolean isBehind(Throwable failure) {
        return failure instanceof MongoTimeoutException
                || failure instanceof MongoSocketException
                || failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException;
    }
}
