package io.tidemark.audit.source;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** One document per tenant, changed by compare-and-set on the fence. Times are kept as text, for the log's are finer than a date. */
@ApplicationScoped
class MongoWatermarkStore implements WatermarkStore {

    private final MongoClient client;
    private final String database;

    MongoWatermarkStore(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.client = client;
        this.database = database;
    }

    @Override
    public IngestionState find(TenantId tenant) {
        Document found = states().find(eq("_id", tenant.toString())).first();
        return found == null ? IngestionState.UNREAD : state(found);
    }

    @Override
    public boolean keep(TenantId tenant, IngestionState state, long fence) {
        Document document = document(tenant, state).append("fence", fence);
        if (states().replaceOne(and(eq("_id", tenant.toString()), lte("fence", fence)), document)
                        .getMatchedCount()
                == 1) {
            return true;
        }
        try {
            states().insertOne(document);
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    private static Document document(TenantId tenant, IngestionState state) {
        return new Document("_id", tenant.toString())
                .append("watermark", text(state.watermark()))
                .append(
                        "coverage",
                        state.coverage().stream()
                                .map(span -> span(span.from(), span.to()).append("events", span.events()))
                                .toList())
                .append(
                        "gaps",
                        state.gaps().stream()
                                .map(gap -> span(gap.from(), gap.to()).append("notedAt", text(gap.notedAt())))
                                .toList())
                .append("lastPollAt", text(state.lastPollAt()))
                .append("lastWideAt", text(state.lastWideAt()))
                .append("lastWideEntries", state.lastWideEntries())
                .append("events", state.events());
    }

    private static IngestionState state(Document found) {
        return new IngestionState(
                instant(found, "watermark"),
                list(
                        found,
                        "coverage",
                        span -> new IngestionState.Coverage(
                                required(span, "from"), required(span, "to"), number(span, "events"))),
                list(
                        found,
                        "gaps",
                        span -> new IngestionState.Gap(
                                required(span, "from"), required(span, "to"), required(span, "notedAt"))),
                instant(found, "lastPollAt"),
                instant(found, "lastWideAt"),
                number(found, "lastWideEntries"),
                number(found, "events"));
    }

    private static Document span(Instant from, Instant to) {
        return new Document("from", text(from)).append("to", text(to));
    }

    private static <T> List<T> list(Document found, String name, Function<Document, T> read) {
        return found.getList(name, Document.class, List.of()).stream().map(read).toList();
    }

    private static long number(Document found, String name) {
        return found.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static Instant required(Document found, String name) {
        return Instant.parse(found.getString(name));
    }

    private static @Nullable Instant instant(Document found, String name) {
        String text = found.getString(name);
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private MongoCollection<Document> states() {
        return client.getDatabase(database).getCollection("ingestion");
    }
}
