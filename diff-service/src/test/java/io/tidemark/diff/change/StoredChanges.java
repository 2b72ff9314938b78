package io.tidemark.diff.change;

import com.mongodb.client.MongoClient;

/** Change events in a database, for tests elsewhere. */
public final class StoredChanges {

    private StoredChanges() {}

    public static ChangeStore in(MongoClient client, String database) {
        return new MongoChangeStore(client, database);
    }
}
