package io.tidemark.diff.report;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reports in MongoDB: one document each, their items in pages named by report, attempt and number, and a small queue. */
@ApplicationScoped
class MongoReportStore implements ReportStore {

    private static final Logger LOG = Logger.getLogger(MongoReportStore.class);
    private static final String ID = "_id";
    private static final String TENANT = "tenant";
    private static final String FENCE = "fence";
    private static final String REPORT = "report";
    private static final String ITEMS = "items";
    private static final String TURN = "turn";
    private static final String ATTEMPTS = "attempts";
    private static final String NOT_BEFORE = "notBefore";
    private static final String WHY = "why";
    private static final String UNTOLD = "untold";
    private static final String PIECES = "pieces";
    private static final String TEXT = "text";

    /** So many characters of items in one document at most: three bytes each are still far from what a document may hold. */
    private static final int MOST_TEXT = 4 * 1024 * 1024;

    private static final String BETWEEN = "\n";

    private final MongoCollection<Document> reports;
    private final MongoCollection<Document> pages;
    private final MongoCollection<Document> queue;

    MongoReportStore(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        MongoDatabase store = client.getDatabase(database);
        this.reports = store.getCollection("reports");
        this.pages = store.getCollection("report_pages");
        this.queue = store.getCollection("reports_queue");
    }

    @Override
    public void enqueue(Report report) {
        if (insert(reports, document(report))) {
            insert(queue, queued(report));
        } else if (find(report.tenant(), report.id())
                .filter(known -> known.state() == Report.State.QUEUED)
                .isPresent()) {
            // A crash may have come between the two.
            insert(queue, queued(report));
        }
    }

    @Override
    public void requeue(Report report) {
        queue.replaceOne(eq(ID, id(report)), queued(report), new ReplaceOptions().upsert(true));
    }

    @Override
    public Optional<Report> find(TenantId tenant, String id) {
        return Optional.ofNullable(reports.find(eq(ID, id(tenant, id))).first())
                .map(document -> read(document.getString(REPORT), Report.class));
    }

    @Override
    public List<Queued> queue() {
        List<Queued> queued = new ArrayList<>();
        for (Document document : queue.find()) {
            try {
                queued.add(queued(document));
            } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
                // One that was altered holds up no other; ordering its report again puts it right.
                LOG.debugf("place in the queue not readable id=%s", document.get(ID));
            }
        }
        return queued;
    }

    @Override
    public void begun(Queued queued) {
        queue.updateOne(turn(queued), Updates.combine(Updates.inc(ATTEMPTS, 1), Updates.unset(WHY)));
    }

    @Override
    public void leftOff(Queued queued) {
        queue.updateOne(turn(queued), Updates.inc(ATTEMPTS, -1));
    }

    @Override
    public void postpone(Queued queued, Instant notBefore, String why) {
        queue.updateOne(
                turn(queued), Updates.combine(Updates.set(NOT_BEFORE, Date.from(notBefore)), Updates.set(WHY, why)));
    }

    @Override
    public void untold(Queued queued) {
        queue.updateOne(turn(queued), Updates.set(UNTOLD, true));
    }

    private static Bson turn(Queued queued) {
        return and(eq(ID, id(queued.tenant(), queued.id())), eq(TURN, queued.turn()));
    }

    @Override
    public Optional<Queued> findQueued(TenantId tenant, String id) {
        return Optional.ofNullable(queue.find(eq(ID, id(tenant, id))).first()).map(MongoReportStore::queued);
    }

    @Override
    public void update(Report report) {
        reports.replaceOne(and(eq(ID, id(report)), lte(FENCE, report.fence())), document(report));
    }

    @Override
    public void done(Queued queued) {
        queue.deleteOne(turn(queued));
    }

    @Override
    public void putPage(Report report, long fence, int page, List<ReportItem> items) {
        String id = pageId(report, fence, page);
        List<String> texts = items.stream().map(MongoReportStore::json).toList();
        Document document = new Document(ID, id);
        if (texts.stream().mapToLong(String::length).sum() <= MOST_TEXT) {
            document.append(ITEMS, texts);
        } else {
            document.append(PIECES, putPieces(id, String.join(BETWEEN, texts)));
        }
        pages.replaceOne(eq(ID, id), document, new ReplaceOptions().upsert(true));
    }

    /** A single item can be longer than a document may be: with what a large object was before, and what it is. No item holds a line end. */
    private int putPieces(String id, String text) {
        int pieces = 0;
        int start = 0;
        while (start < text.length()) {
            int end = Math.min(start + MOST_TEXT, text.length());
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            String name = id + "|" + pieces;
            pages.replaceOne(
                    eq(ID, name),
                    new Document(ID, name).append(TEXT, text.substring(start, end)),
                    new ReplaceOptions().upsert(true));
            pieces++;
            start = end;
        }
        return pieces;
    }

    private List<String> texts(Document page) {
        if (!page.containsKey(PIECES)) {
            return page.getList(ITEMS, String.class);
        }
        StringBuilder text = new StringBuilder();
        int pieces = page.get(PIECES, Number.class).intValue();
        for (int piece = 0; piece < pieces; piece++) {
            String name = page.getString(ID) + "|" + piece;
            Document found = pages.find(eq(ID, name)).first();
            if (found == null) {
                throw new IllegalStateException("piece " + name + " of a report is not stored");
            }
            text.append(found.getString(TEXT));
        }
        return List.of(text.toString().split(BETWEEN, -1));
    }

    @Override
    public void read(Report report, Position from, Reader reader) {
        int index = from.index();
        for (int page = from.page(); page < report.pages(); page++) {
            Document found =
                    pages.find(eq(ID, pageId(report, report.fence(), page))).first();
            if (found == null) {
                throw new IllegalStateException("page " + page + " of report " + report.id() + " is not stored");
            }
            List<String> texts = texts(found);
            for (int i = index; i < texts.size(); i++) {
                if (!reader.accept(new Position(page, i), read(texts.get(i), ReportItem.class))) {
                    return;
                }
            }
            index = 0;
        }
    }

    private static boolean insert(MongoCollection<Document> collection, Document document) {
        try {
            collection.insertOne(document);
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    private static Document document(Report report) {
        return new Document(ID, id(report))
                .append(TENANT, report.tenant().toString())
                .append(FENCE, report.fence())
                .append("state", report.state().name())
                .append(REPORT, json(report));
    }

    private static Document queued(Report report) {
        return new Document(ID, id(report))
                .append(TENANT, report.tenant().toString())
                .append(REPORT, report.id())
                .append(TURN, UUID.randomUUID().toString());
    }

    private static Queued queued(Document document) {
        @Nullable Date notBefore = document.getDate(NOT_BEFORE);
        return new Queued(
                TenantId.parse(document.getString(TENANT)),
                document.getString(REPORT),
                document.getString(TURN),
                document.get(ATTEMPTS) instanceof Number attempts ? attempts.intValue() : 0,
                notBefore == null ? Instant.EPOCH : notBefore.toInstant(),
                document.getString(WHY),
                Boolean.TRUE.equals(document.get(UNTOLD)));
    }

    private static String id(Report report) {
        return id(report.tenant(), report.id());
    }

    private static String id(TenantId tenant, String reportId) {
        return tenant + "|" + reportId;
    }

    private static String pageId(Report report, long fence, int page) {
        return id(report) + "|" + fence + "|" + page;
    }

    private static String json(Object value) {
        try {
            return MessageCodec.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass().getSimpleName() + " cannot be written", e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return MessageCodec.mapper().readValue(json, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ReportException("stored " + type.getSimpleName() + " cannot be read", e);
        }
    }
}
