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
import io.tidemark.contracts.MessageCodec;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reports in MongoDB: one document each, their items in pages named by report, attempt and number, and a small queue. */
@ApplicationScoped
class MongoReportStore implements ReportStore {

    private static final String ID = "_id";
    private static final String TENANT = "tenant";
    private static final String FENCE = "fence";
    private static final String REPORT = "report";
    private static final String ITEMS = "items";
    private static final String TURN = "turn";

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
            queued.add(queued(document));
        }
        return queued;
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
        queue.deleteOne(and(eq(ID, id(queued.tenant(), queued.id())), eq(TURN, queued.turn())));
    }

    @Override
    public void putPage(Report report, long fence, int page, List<ReportItem> items) {
        String id = pageId(report, fence, page);
        List<String> texts = items.stream().map(MongoReportStore::json).toList();
        pages.replaceOne(eq(ID, id), new Document(ID, id).append(ITEMS, texts), new ReplaceOptions().upsert(true));
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
            List<String> texts = found.getList(ITEMS, String.class);
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
        return new Queued(
                TenantId.parse(document.getString(TENANT)), document.getString(REPORT), document.getString(TURN));
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
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored " + type.getSimpleName() + " cannot be read", e);
        }
    }
}
