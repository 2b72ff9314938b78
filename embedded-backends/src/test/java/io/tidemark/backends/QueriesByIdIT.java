package io.tidemark.backends;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueriesByIdIT {
    private static final int DOCUMENTS = 1_000;

    @TempDir
    static Path folder;

    private static EmbeddedDatabase database;
    private static MongoClient client;

    private final MongoCollection<Document> documents =
            client.getDatabase("test").getCollection("documents");

    @BeforeAll
    static void fill() {
        database = EmbeddedDatabase.start(folder, 0);
        client = MongoClients.create(database.connectionString());
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < DOCUMENTS; i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, new Random(7));
        client.getDatabase("test")
                .getCollection("documents")
                .insertMany(numbers.stream()
                        .map(i -> new Document("_id", id(i)).append("number", i).append("even", i % 2 == 0))
                        .toList());
    }

    @AfterAll
    static void stop() {
        client.close();
        database.close();
    }

    static Stream<Bson> filters() {
        return Stream.of(
                eq("_id", id(5)),
                and(eq("_id", id(5)), eq("number", 5)),
                and(eq("_id", id(5)), eq("number", 6)),
                in("_id", id(9), id(3), "nobody", id(5)),
                and(in("_id", id(9), id(3)), eq("number", 3)),
                and(in("_id", id(9), id(3)), in("_id", id(3), id(4))),
                gt("_id", id(990)),
                gte("_id", id(990)),
                lt("_id", id(10)),
                lte("_id", id(10)),
                and(gte("_id", id(100)), lt("_id", id(120)), eq("even", true)),
                and(gte("_id", id(120)), lt("_id", id(100))),
                or(eq("_id", id(1)), eq("number", 2)),
                nin("_id", id(1)),
                regex("_id", "^tenant\\|user\\|0000[0-9]"),
                eq("even", false),
                new Document());
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aFilterFindsExactlyWhatComparingEachDocumentFinds(Bson filter) {
        List<String> found = ids(documents.find(filter));
        List<String> counted = ids(documents.find(filter).sort(Sorts.ascending("number")));

        assertThat(found).containsExactlyInAnyOrderElementsOf(expected(filter));
        assertThat(counted).isEqualTo(expected(filter));
        assertThat(documents.countDocuments(filter)).isEqualTo(found.size());
    }

    @Test
    void pagesByIdFollowEachOtherInBothDirections() {
        assertThat(pages(Sorts.ascending("_id"), true)).isSorted().hasSize(DOCUMENTS);
        assertThat(pages(Sorts.descending("_id"), false))
                .isSortedAccordingTo(Collections.reverseOrder())
                .hasSize(DOCUMENTS);
    }

    @Test
    void aCompareAndSetChangesOnlyWhatItExpected() {
        var collection = client.getDatabase("test").getCollection("guarded");
        collection.insertOne(new Document("_id", "one").append("version", 1));

        Bson expectation = and(eq("_id", "one"), eq("version", 1));
        assertThat(collection.updateOne(expectation, Updates.set("version", 2)).getModifiedCount())
                .isEqualTo(1);
        assertThat(collection.updateOne(expectation, Updates.set("version", 3)).getModifiedCount())
                .isZero();
        assertThat(collection.deleteMany(gte("_id", "o")).getDeletedCount()).isEqualTo(1);
    }

    @Test
    void anIdCanBeUsedOnlyOnceAndAUniqueFieldToo() {
        var collection = client.getDatabase("test").getCollection("unique");
        collection.createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
        collection.insertOne(new Document("_id", 1).append("name", "a"));

        assertThatThrownBy(() -> collection.insertOne(new Document("_id", 1).append("name", "b")))
                .isInstanceOf(MongoWriteException.class)
                .hasMessageContaining("E11000");
        assertThatThrownBy(() -> collection.insertOne(new Document("_id", 2).append("name", "a")))
                .isInstanceOf(MongoWriteException.class)
                .hasMessageContaining("E11000");
        assertThat(collection.find(eq("name", "a")).first()).containsEntry("_id", 1);
    }

    @Test
    void idsOfEveryTypeAreFoundAgain() {
        var collection = client.getDatabase("test").getCollection("types");
        List<Object> ids = List.of(7, 8L, 1.5, "text", new org.bson.types.ObjectId(), new Document("a", 1), true);
        ids.forEach(id -> collection.insertOne(new Document("_id", id)));

        assertThat(ids)
                .allSatisfy(
                        id -> assertThat(collection.find(eq("_id", id)).first()).isEqualTo(new Document("_id", id)));
        assertThat(collection.countDocuments()).isEqualTo(ids.size());
    }

    private List<String> pages(Bson sort, boolean upwards) {
        var all = new ArrayList<String>();
        Bson rest = new Document();
        while (true) {
            List<String> page = ids(documents.find(rest).sort(sort).limit(130));
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            String last = page.get(page.size() - 1);
            rest = upwards ? gt("_id", last) : lt("_id", last);
        }
    }

    /** The same question asked of a collection where the ids stand in a field that no index knows. */
    private static List<String> expected(Bson filter) {
        var shadow = client.getDatabase("test").getCollection("shadow");
        if (shadow.countDocuments() == 0) {
            for (int i = 0; i < DOCUMENTS; i++) {
                shadow.insertOne(new Document("_id", i)
                        .append("key", id(i))
                        .append("number", i)
                        .append("even", i % 2 == 0));
            }
        }
        String json = filter.toBsonDocument().toJson().replace("\"_id\"", "\"key\"");
        var found = new TreeMap<Integer, String>();
        shadow.find(Document.parse(json))
                .forEach(document -> found.put(document.getInteger("number"), document.getString("key")));
        return List.copyOf(found.values());
    }

    private static List<String> ids(FindIterable<Document> found) {
        return found.map(document -> document.getString("_id")).into(new ArrayList<>());
    }

    private static String id(int number) {
        return String.format("tenant|user|%05d", number);
    }
}
