package io.tidemark.diff.history;

import io.tidemark.diff.Database;

class MongoHistoryStoreIT extends HistoryStoreContract {

    @Override
    HistoryStore store() {
        return new MongoHistoryStore(Database.client(), Database.fresh());
    }
}
