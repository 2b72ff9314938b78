package io.tidemark.restore.journal;

import static com.mongodb.client.model.Filters.eq;

import com.fasterxml.jackson.core.type.TypeReference;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.result.UpdateResult;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.restore.plan.OpenPoint;
import io.tidemark.restore.plan.WantedState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** Lists as compressed pages, one document each. */
public final class MongoNoteStore implements NoteStore {

    private static final int PAGE = 500;
    private static final String WANTED = "wanted";

    private final MongoCollection<Document> pages;

    public MongoNoteStore(MongoClient client, String database) {
        this.pages = client.getDatabase(database).getCollection("notes");
    }

    @Override
    public void putWanted(String commandId, List<WantedState> wanted) {
        put(commandId, WANTED, wanted);
    }

    @Override
    public List<WantedState> wanted(String commandId) {
        return get(commandId, WANTED, new TypeReference<>() {});
    }

    @Override
    public void putPoints(String commandId, Notes which, List<OpenPoint> points) {
        put(commandId, word(which), points);
    }

    @Override
    public List<OpenPoint> points(String commandId, Notes which) {
        return get(commandId, word(which), new TypeReference<>() {});
    }

    private static String word(Notes which) {
        return which.name().toLowerCase(Locale.ROOT);
    }

    private <T> void put(String commandId, String list, List<T> entries) {
        int count = (entries.size() + PAGE - 1) / PAGE;
        for (int page = 0; page < count; page++) {
            List<T> some = entries.subList(page * PAGE, Math.min((page + 1) * PAGE, entries.size()));
            Document document =
                    new Document("_id", id(commandId, list, page)).append("entries", new Binary(packed(some)));
            replace(document);
        }
        replace(new Document("_id", commandId + "|" + list).append("pages", count));
    }

    private void replace(Document document) {
        UpdateResult unused =
                pages.replaceOne(eq("_id", document.getString("_id")), document, new ReplaceOptions().upsert(true));
    }

    private <T> List<T> get(String commandId, String list, TypeReference<List<T>> type) {
        @Nullable Document head = pages.find(eq("_id", commandId + "|" + list)).first();
        List<T> entries = new ArrayList<>();
        int count = head == null ? 0 : head.getInteger("pages");
        for (int page = 0; page < count; page++) {
            @Nullable
            Document document = pages.find(eq("_id", id(commandId, list, page))).first();
            if (document == null) {
                throw new IllegalStateException("page " + page + " of " + list + " of " + commandId + " is missing");
            }
            entries.addAll(unpacked(document.get("entries", Binary.class).getData(), type));
        }
        return entries;
    }

    private static byte[] packed(List<?> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
            zipped.write(MessageCodec.mapper().writeValueAsBytes(entries));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> List<T> unpacked(byte[] bytes, TypeReference<List<T>> type) {
        try (GZIPInputStream zipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return MessageCodec.mapper().readValue(zipped, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String id(String commandId, String list, int page) {
        return String.format("%s|%s|%06d", commandId, list, page);
    }
}
