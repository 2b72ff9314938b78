package io.tidemark.backends;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import io.tidemark.backends.IdRange.Order;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * A collection whose documents lie in the order of their {@code _id}, as bytes, so that a lookup, a range and a page by
 * {@code _id} touch only what they return.
 */
final class OrderedCollection extends AbstractSynchronizedMongoCollection<Object> {
    private final MVStore store;
    private final MVMap<Object, byte[]> documents;

    OrderedCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            CursorRegistry cursors,
            MVStore store,
            MVMap<Object, byte[]> documents) {
        super(database, name, options, cursors);
        this.store = store;
        this.documents = documents;
    }

    @Override
    protected QueryResult queryDocuments(
            Document query, Document orderBy, int skip, int limit, int batchSize, Document projection) {
        IdRange range = IdRange.of(query);
        return range.isUnbounded()
                ? super.queryDocuments(query, orderBy, skip, limit, batchSize, projection)
                : read(range, query, orderBy, skip, limit, batchSize, projection);
    }

    @Override
    protected QueryResult matchDocuments(
            Document query, Document orderBy, int skip, int limit, int batchSize, Document projection) {
        return read(IdRange.of(query), query, orderBy, skip, limit, batchSize, projection);
    }

    private QueryResult read(
            IdRange range,
            Document query,
            @Nullable Document orderBy,
            int skip,
            int limit,
            int batchSize,
            Document projection) {
        Optional<Order> byId = orderById(orderBy);
        Document sortBy = byId.isPresent() ? null : orderBy;
        // A long read must keep the pages of its version from being written over.
        var version = store.registerVersionUsage();
        try {
            Stream<Document> candidates = stream(range, byId.orElse(Order.ASCENDING));
            // Looking each of a thousand documents up in a list of a thousand ids would cost more than all else.
            Document remaining = range.isWhole() ? new Document() : query;
            return matchDocumentsFromStream(candidates, remaining, sortBy, skip, limit, batchSize, projection);
        } finally {
            store.deregisterVersionUsage(version);
        }
    }

    private Stream<Document> stream(IdRange range, Order order) {
        Collection<Object> points = range.points(order);
        if (points != null) {
            return points.stream().map(documents::get).filter(Objects::nonNull).map(DocumentBytes::parse);
        }
        boolean reverse = order == Order.DESCENDING;
        Object first = reverse ? range.to() : range.from();
        Object last = reverse ? range.from() : range.to();
        var cursor = documents.cursor(first, last, reverse);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(values(cursor), Spliterator.ORDERED), false)
                .map(DocumentBytes::parse);
    }

    private static Iterator<byte[]> values(Cursor<Object, byte[]> cursor) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return cursor.hasNext();
            }

            @Override
            public byte[] next() {
                cursor.next();
                return cursor.getValue();
            }
        };
    }

    private static Optional<Order> orderById(@Nullable Document orderBy) {
        if (orderBy == null || orderBy.isEmpty()) {
            return Optional.of(Order.ASCENDING);
        }
        Map.Entry<String, Object> only = orderBy.entrySet().iterator().next();
        boolean follows = only.getKey().equals("_id") || only.getKey().equals("$natural");
        if (orderBy.size() > 1 || !follows || !(only.getValue() instanceof Number direction)) {
            return Optional.empty();
        }
        return Optional.of(direction.intValue() < 0 ? Order.DESCENDING : Order.ASCENDING);
    }

    @Override
    public void addIndex(Index<Object> index) {
        var version = store.registerVersionUsage();
        try {
            super.addIndex(index);
        } finally {
            store.deregisterVersionUsage(version);
        }
    }

    @Override
    protected Object addDocumentInternal(Document document) {
        Object key = getIdField() == null
                ? UUID.randomUUID()
                : Missing.ofNullable(Utils.getSubdocumentValue(document, getIdField()));
        documents.put(key, DocumentBytes.of(document));
        return key;
    }

    @Override
    protected @Nullable Document getDocument(Object position) {
        byte[] found = documents.get(position);
        return found == null ? null : DocumentBytes.parse(found);
    }

    @Override
    protected void handleUpdate(Object position, Document oldDocument, Document newDocument) {
        documents.put(Missing.ofNullable(position), DocumentBytes.of(newDocument));
    }

    @Override
    protected void removeDocument(Object position) {
        if (documents.remove(position) == null) {
            throw new NoSuchElementException("no document at " + position);
        }
    }

    @Override
    protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
        return documents.entrySet().stream()
                .map(entry -> new DocumentWithPosition<>(DocumentBytes.parse(entry.getValue()), entry.getKey()));
    }

    @Override
    public int count() {
        return documents.size();
    }

    @Override
    public boolean isEmpty() {
        return documents.isEmpty();
    }

    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected void updateDataSize(int sizeDelta) {
        // Sizes are not tracked: it would encode every document a second time.
    }

    @Override
    protected int getDataSize() {
        return 0;
    }
}
