package io.tidemark.diff.work;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.descending;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.diff.work.Task.Name;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.store.MongoIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tasks in MongoDB: one document each, their lines in pages named by task, attempt and number, and a small queue. */
@ApplicationScoped
public class MongoTaskStore implements TaskStore {

    private static final Logger LOG = Logger.getLogger(MongoTaskStore.class);
    private static final String ID = "_id";
    private static final String TENANT = "tenant";
    private static final String KIND = "kind";
    private static final String CREATED_AT = "createdAt";
    private static final String TASK = "task";
    private static final String FENCE = "fence";
    private static final String NOT_BEFORE = "notBefore";
    private static final String LINES = "lines";

    private final MongoCollection<Document> tasks;
    private final MongoCollection<Document> pages;
    private final MongoCollection<Document> queue;
    private final MongoIndex index;

    @Inject
    public MongoTaskStore(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        MongoDatabase store = client.getDatabase(database);
        this.tasks = store.getCollection("tasks");
        this.index = new MongoIndex(
                tasks, Indexes.compoundIndex(Indexes.ascending(TENANT, KIND), Indexes.descending(CREATED_AT)));
        this.pages = store.getCollection("task_pages");
        this.queue = store.getCollection("tasks_queue");
    }

    @Override
    public void add(Task task) {
        index.declare();
        boolean unknown = insert(tasks, document(task));
        if (unknown
                || find(task.tenant(), task.id())
                        .filter(known -> !known.hasEnded())
                        .isPresent()) {
            // A crash may have come between the two.
            insert(queue, queued(task, task.createdAt()));
        }
    }

    @Override
    public void queue(Task task, Instant notBefore) {
        queue.replaceOne(eq(ID, task.name().toString()), queued(task, notBefore), new ReplaceOptions().upsert(true));
    }

    @Override
    public Optional<Task> find(TenantId tenant, String id) {
        return Optional.ofNullable(
                        tasks.find(eq(ID, new Name(tenant, id).toString())).first())
                .map(MongoTaskStore::task);
    }

    @Override
    public List<Task> list(TenantId tenant, String kind, @Nullable String subject, int limit) {
        Bson filter = and(eq(TENANT, tenant.toString()), eq(KIND, kind));
        if (subject != null) {
            filter = and(filter, eq("subject", subject));
        }
        List<Task> found = new ArrayList<>();
        tasks.find(filter).sort(descending(CREATED_AT)).limit(limit).forEach(document -> found.add(task(document)));
        return found;
    }

    @Override
    public List<Name> due(Instant now) {
        Map<Name, Instant> due = new HashMap<>();
        for (Document document : queue.find()) {
            try {
                Instant notBefore = document.getDate(NOT_BEFORE).toInstant();
                if (!notBefore.isAfter(now)) {
                    due.put(new Name(TenantId.parse(document.getString(TENANT)), document.getString(TASK)), notBefore);
                }
            } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
                // One that was altered holds up no other; ordering its task again puts it right.
                LOG.debugf("place in the queue not readable id=%s", document.get(ID));
            }
        }
        return due.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public boolean isQueued(Name name) {
        return queue.find(eq(ID, name.toString())).first() != null;
    }

    @Override
    public void update(Task task) {
        tasks.replaceOne(and(eq(ID, task.name().toString()), lte(FENCE, task.fence())), document(task));
    }

    @Override
    public void done(Name name) {
        queue.deleteOne(eq(ID, name.toString()));
    }

    @Override
    public void putLines(Task task, int page, List<String> lines) {
        String id = pageId(task, page);
        pages.replaceOne(eq(ID, id), new Document(ID, id).append(LINES, lines), new ReplaceOptions().upsert(true));
    }

    @Override
    public void readLines(Task task, Consumer<String> consumer) {
        for (int page = 0; page < task.pages(); page++) {
            Document found = pages.find(eq(ID, pageId(task, page))).first();
            if (found == null) {
                throw new IllegalStateException("page " + page + " of task " + task.id() + " is not stored");
            }
            found.getList(LINES, String.class).forEach(consumer);
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

    private static Document document(Task task) {
        try {
            return new Document(ID, task.name().toString())
                    .append(TENANT, task.tenant().toString())
                    .append(KIND, task.kind())
                    .append("subject", task.subject())
                    .append(CREATED_AT, Date.from(task.createdAt()))
                    .append(FENCE, task.fence())
                    .append(TASK, MessageCodec.mapper().writeValueAsString(task));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("task cannot be written", e);
        }
    }

    private static Task task(Document document) {
        try {
            return MessageCodec.mapper().readValue(document.getString(TASK), Task.class);
        } catch (JsonProcessingException | IllegalArgumentException | ClassCastException e) {
            throw new TaskException("stored task cannot be read", e);
        }
    }

    private static Document queued(Task task, Instant notBefore) {
        return new Document(ID, task.name().toString())
                .append(TENANT, task.tenant().toString())
                .append(TASK, task.id())
                .append(NOT_BEFORE, Date.from(notBefore));
    }

    private static String pageId(Task task, int page) {
        return task.name() + "|" + task.fence() + "|" + page;
    }
}
