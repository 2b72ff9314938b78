package io.tidemark.scenario;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.tidemark.localstack.LocalStack;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/** What befalls the database of a service: it is lost, or somebody keeps a copy of it. */
final class ServiceDatabase {

    private static final int PORTION = 500;

    private final LocalStack stack;
    private final String name;

    ServiceDatabase(LocalStack stack, String name) {
        this.stack = stack;
        this.name = name;
    }

    /** Loses it. */
    void drop() {
        try (MongoClient client = client()) {
            client.getDatabase(name).drop();
        }
    }

    /** Copies its documents into another database; how many. */
    int copyTo(String other) {
        int copied = 0;
        try (MongoClient client = client()) {
            MongoDatabase from = client.getDatabase(name);
            for (String collection : from.listCollectionNames()) {
                MongoCollection<RawBsonDocument> into =
                        client.getDatabase(other).getCollection(collection, RawBsonDocument.class);
                List<RawBsonDocument> portion = new ArrayList<>();
                for (RawBsonDocument document :
                        from.getCollection(collection, RawBsonDocument.class).find()) {
                    portion.add(document);
                    copied++;
                    if (portion.size() == PORTION) {
                        into.insertMany(portion);
                        portion.clear();
                    }
                }
                if (!portion.isEmpty()) {
                    into.insertMany(portion);
                }
            }
        }
        return copied;
    }

    private MongoClient client() {
        return MongoClients.create(stack.database().connectionString());
    }
}
