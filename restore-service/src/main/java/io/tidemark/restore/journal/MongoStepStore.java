package io.tidemark.restore.journal;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.tidemark.restore.plan.PlannedStep;
import io.tidemark.restore.plan.RestoreStep;
import io.tidemark.restore.plan.StepText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Steps as one document each, always reached by exact id. */
public final class MongoStepStore implements StepStore {

    private static final int CHUNK = 500;
    private static final BulkWriteOptions ANY_ORDER = new BulkWriteOptions().ordered(false);

    private final MongoCollection<Document> steps;

    public MongoStepStore(MongoClient client, String database) {
        this.steps = client.getDatabase(database).getCollection("steps");
    }

    @Override
    public void put(String commandId, List<PlannedStep> planned, Instant at) {
        for (int from = 0; from < planned.size(); from += CHUNK) {
            List<WriteModel<Document>> writes = new ArrayList<>();
            for (PlannedStep step : planned.subList(from, Math.min(from + CHUNK, planned.size()))) {
                Document document = document(commandId, step, at);
                writes.add(new ReplaceOneModel<>(
                        eq("_id", document.getString("_id")), document, new ReplaceOptions().upsert(true)));
            }
            BulkWriteResult unused = steps.bulkWrite(writes, ANY_ORDER);
        }
    }

    @Override
    public List<StepEntry> read(String commandId, int from, int to) {
        List<StepEntry> entries = new ArrayList<>();
        for (int start = from; start < to; start += CHUNK) {
            Bson chunk = in("_id", ids(commandId, start, Math.min(start + CHUNK, to)));
            for (Document document : steps.find(chunk)) {
                entries.add(entry(document));
            }
        }
        entries.sort(Comparator.comparingInt(StepEntry::number));
        return entries;
    }

    @Override
    public void adopt(String commandId, int count, long fence) {
        for (int start = 0; start < count; start += CHUNK) {
            List<WriteModel<Document>> writes = new ArrayList<>();
            for (StepEntry entry : read(commandId, start, Math.min(start + CHUNK, count))) {
                if (!entry.state().settled() && entry.fence() != fence) {
                    writes.add(new UpdateOneModel<>(
                            and(eq("_id", id(commandId, entry.number())), lte("fence", fence)),
                            Updates.set("fence", fence)));
                }
            }
            if (!writes.isEmpty() && steps.bulkWrite(writes, ANY_ORDER).getMatchedCount() != writes.size()) {
                throw new FencedException("steps of " + commandId + " belong to a later worker");
            }
        }
    }

    @Override
    public void move(List<Move> moves) {
        if (moves.isEmpty()) {
            return;
        }
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (Move move : moves) {
            StepEntry from = move.from();
            writes.add(new UpdateOneModel<>(
                    and(
                            eq("_id", id(from.commandId(), from.number())),
                            eq("state", from.state().name()),
                            eq("fence", from.fence())),
                    changes(move.to())));
        }
        if (steps.bulkWrite(writes, ANY_ORDER).getMatchedCount() != moves.size()) {
            throw new FencedException(
                    "steps of " + moves.get(0).from().commandId() + " are not as this worker saw them");
        }
    }

    @Override
    public List<StepEntry> untold(String commandId, int count) {
        List<StepEntry> entries = new ArrayList<>();
        for (int start = 0; start < count; start += CHUNK) {
            Bson chunk = in("_id", ids(commandId, start, Math.min(start + CHUNK, count)));
            for (Document document : steps.find(chunk)) {
                StepEntry entry = entry(document);
                if (entry.state().settled() && !document.getBoolean("told", false)) {
                    entries.add(entry);
                }
            }
        }
        entries.sort(Comparator.comparingInt(StepEntry::number));
        return entries;
    }

    @Override
    public void told(String commandId, Collection<Integer> numbers) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (int number : numbers) {
            writes.add(new UpdateOneModel<>(eq("_id", id(commandId, number)), Updates.set("told", true)));
        }
        if (!writes.isEmpty()) {
            BulkWriteResult unused = steps.bulkWrite(writes, ANY_ORDER);
        }
    }

    private static Bson changes(StepEntry to) {
        return new Document(
                "$set",
                new Document("state", to.state().name())
                        .append("attempts", to.attempts())
                        .append("due", Date.from(to.due()))
                        .append("sentAt", date(to.sentAt()))
                        .append("newId", to.newId())
                        .append("newAppId", to.newAppId())
                        .append("narrowed", text(to.narrowed()))
                        .append("reason", to.reason())
                        .append("at", Date.from(to.at())));
    }

    private static Document document(String commandId, PlannedStep planned, Instant at) {
        StepState state = planned.isBlocked() ? StepState.BLOCKED : StepState.PENDING;
        return new Document("_id", id(commandId, planned.number()))
                .append("command", commandId)
                .append("number", planned.number())
                .append("stage", planned.stage())
                .append("stepId", planned.stepId())
                .append("step", StepText.text(planned.step()))
                .append("state", state.name())
                .append("fence", 0L)
                .append("attempts", 0)
                .append("due", Date.from(at))
                .append("reason", planned.blocked())
                .append("at", Date.from(at));
    }

    private static StepEntry entry(Document document) {
        return new StepEntry(
                document.getString("command"),
                document.getInteger("number"),
                document.getInteger("stage"),
                document.getString("stepId"),
                StepText.parse(document.getString("step")),
                StepState.valueOf(document.getString("state")),
                document.get("fence", Number.class).longValue(),
                document.getInteger("attempts"),
                document.getDate("due").toInstant(),
                instant(document.getDate("sentAt")),
                document.getString("newId"),
                document.getString("newAppId"),
                document.getString("narrowed") == null ? null : StepText.parse(document.getString("narrowed")),
                document.getString("reason"),
                document.getDate("at").toInstant());
    }

    private static List<String> ids(String commandId, int from, int to) {
        List<String> ids = new ArrayList<>(to - from);
        for (int number = from; number < to; number++) {
            ids.add(id(commandId, number));
        }
        return ids;
    }

    private static String id(String commandId, int number) {
        return String.format("%s|%08d", commandId, number);
    }

    private static @Nullable String text(@Nullable RestoreStep step) {
        return step == null ? null : StepText.text(step);
    }

    private static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
