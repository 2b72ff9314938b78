package io.tidemark.runtime.store;

import com.mongodb.client.MongoCollection;
import org.bson.conversions.Bson;

/** An index that is declared before the first write that needs it, so that a store that is down hinders no start. */
public final class MongoIndex {

    private final MongoCollection<?> collection;
    private final Bson keys;
    private volatile boolean declared;

    public MongoIndex(MongoCollection<?> collection, Bson keys) {
        this.collection = collection;
        this.keys = keys;
    }

    /** Declares the index unless this has been done; after a failure it is declared the next time. */
    public void declare() {
        if (!declared) {
            collection.createIndex(keys);
            declared = true;
        }
    }
}
