package io.tidemark.audit.source;

class InMemoryWatermarkStoreTest extends WatermarkStoreContract {

    private final WatermarkStore store = new InMemoryWatermarkStore();

    @Override
    WatermarkStore store() {
        return store;
    }
}
