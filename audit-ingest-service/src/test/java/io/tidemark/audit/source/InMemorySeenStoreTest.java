package io.tidemark.audit.source;

class InMemorySeenStoreTest extends SeenStoreContract {

    private final SeenStore store = new InMemorySeenStore();

    @Override
    SeenStore store() {
        return store;
    }
}
