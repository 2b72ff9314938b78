package io.tidemark.diff.history;

class InMemoryHistoryStoreTest extends HistoryStoreContract {

    @Override
    HistoryStore store() {
        return new InMemoryHistoryStore();
    }
}
