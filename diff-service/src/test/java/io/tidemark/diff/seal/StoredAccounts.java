package io.tidemark.diff.seal;

import com.mongodb.client.MongoClient;

/** Accounts in a database, for tests elsewhere. */
public final class StoredAccounts {

    private StoredAccounts() {}

    public static AccountStore in(MongoClient client, String database) {
        return new MongoAccountStore(client, database);
    }
}
