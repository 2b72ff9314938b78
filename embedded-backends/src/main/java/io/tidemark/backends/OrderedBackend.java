package io.tidemark.backends;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** The H2 backend of mongo-java-server with collections that are ordered by {@code _id} and kept as BSON. */
final class OrderedBackend extends H2Backend {
    private static final String DOCUMENTS = "databases.";

    OrderedBackend(MVStore store) {
        super(store);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String databaseName) {
        return new OrderedDatabase(databaseName);
    }

    /** One database. Its superclass's constructor calls its methods, so it keeps nothing of its own. */
    private final class OrderedDatabase extends H2Database {
        private OrderedDatabase(String name) {
            super(name, getMvStore(), getCursorRegistry());
        }

        @Override
        protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
            return new OrderedCollection(this, name, options, cursorRegistry, getMvStore(), documents(name));
        }

        @Override
        protected Index<Object> openOrCreateUniqueIndex(
                String collection, String indexName, List<IndexKey> keys, boolean sparse) {
            boolean byId = keys.size() == 1 && keys.get(0).getKey().equals(IdIndex.KEY);
            return byId
                    ? new IdIndex(indexName, keys, documents(collection))
                    : super.openOrCreateUniqueIndex(collection, indexName, keys, sparse);
        }

        private MVMap<Object, byte[]> documents(String collection) {
            return getMvStore()
                    .openMap(
                            DOCUMENTS + getFullCollectionNamespace(collection),
                            new MVMap.Builder<Object, byte[]>()
                                    .keyType(KeyType.INSTANCE)
                                    .valueType(ByteArrayDataType.INSTANCE));
        }
    }
}
