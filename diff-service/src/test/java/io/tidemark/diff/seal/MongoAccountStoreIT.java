package io.tidemark.diff.seal;

import io.tidemark.diff.Database;

class MongoAccountStoreIT extends AccountStoreContract {

    @Override
    AccountStore store() {
        return new MongoAccountStore(Database.client(), Database.fresh());
    }
}
