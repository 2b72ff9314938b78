package io.tidemark.diff.history;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.tidemark.contracts.Event;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Which keys changed when, and into what. A segment holds the witnesses of one intake within one minute; a minute lists its segments, an hour its minutes, and
 * the tenant's root its first hour, so that everything is found by exact id and nothing is scanned. Segments are named by their content:
 * however an intake is cut when it is repeated, what was written stays, and a key too many does no harm.
 */
final class MongoChangelog {

    private static final String ID = "_id";
    private static final String KEYS = "keys";
    private static final String PARTS = "parts";
    private static final String FIRST = "first";
    private static final String LAST = "last";
    private static final String BAR = "|";
    private static final int CHUNK = 500;
    private static final int CACHE = 20_000;

    private final MongoCollection<Document> segments;
    private final MongoCollection<Document> index;
    private final Set<String> indexed = ConcurrentHashMap.newKeySet();

    MongoChangelog(MongoDatabase database) {
        this.segments = database.getCollection("changelog");
        this.index = database.getCollection("changelog_index");
    }

    void record(TenantId tenant, List<Fold> changes) {
        Map<Instant, Segment> byMinute = new TreeMap<>();
        for (Fold fold : changes) {
            for (Mark mark : fold.added()) {
                byMinute.computeIfAbsent(mark.at().truncatedTo(ChronoUnit.MINUTES), minute -> new Segment())
                        .add(new Witness(fold.key(), mark));
            }
        }
        byMinute.forEach((minute, segment) -> record(tenant, minute, segment));
    }

    private void record(TenantId tenant, Instant minute, Segment segment) {
        String minuteId = minuteId(tenant, minute);
        String name = segment.name();
        insert(new Document(ID, minuteId + BAR + name).append(KEYS, segment.text()));
        list(minuteId, name);
        Instant hour = minute.truncatedTo(ChronoUnit.HOURS);
        if (indexed.contains(minuteId)) {
            return;
        }
        list(hourId(tenant, hour), Stamp.text(minute));
        widen(tenant, Stamp.text(hour));
        if (indexed.size() > CACHE) {
            indexed.clear();
        }
        indexed.add(minuteId);
    }

    SortedSet<StateKey> changedBetween(TenantId tenant, Instant after, Instant until) {
        SortedSet<StateKey> changed = new TreeSet<>();
        Document root = index.find(eq(ID, tenant.toString())).first();
        if (root == null || !after.isBefore(until)) {
            return changed;
        }
        Instant first = Stamp.parse(root.getString(FIRST));
        Instant start = after.isBefore(first) ? first : after.truncatedTo(ChronoUnit.HOURS);
        Instant last = Stamp.parse(root.getString(LAST));
        Instant end = until.isAfter(last) ? last : until;
        List<String> minutes = new ArrayList<>();
        for (Part minute : parts(hours(tenant, start, end))) {
            Instant begin = Stamp.parse(minute.name());
            if (begin.plus(1, ChronoUnit.MINUTES).isAfter(after) && !begin.isAfter(until)) {
                minutes.add(minuteId(tenant, begin));
            }
        }
        List<String> segmentIds = parts(minutes).stream()
                .filter(part -> Segment.overlaps(part.name(), Stamp.text(after), Stamp.text(until)))
                .map(part -> part.of() + BAR + part.name())
                .toList();
        for (int at = 0; at < segmentIds.size(); at += CHUNK) {
            List<String> chunk = segmentIds.subList(at, Math.min(at + CHUNK, segmentIds.size()));
            for (Document segment : segments.find(in(ID, chunk))) {
                for (String text : entries(segment, MongoChangelog::unreadable)) {
                    Witness witness = Witness.parse(text);
                    Instant seen = witness.mark().at();
                    if (seen.isAfter(after) && !seen.isAfter(until)) {
                        changed.add(witness.key());
                    }
                }
            }
        }
        return changed;
    }

    /** Shows every witness of what was seen up to an instant, and the segments that are not as they were written. */
    void witnesses(TenantId tenant, Instant until, Consumer<Witness> consumer, Consumer<String> broken) {
        Document root = index.find(eq(ID, tenant.toString())).first();
        if (root == null) {
            return;
        }
        @Nullable Instant first = moment(root.get(FIRST));
        @Nullable Instant last = moment(root.get(LAST));
        if (first == null || last == null) {
            broken.accept(tenant.toString());
            return;
        }
        List<String> minutes = new ArrayList<>();
        for (Part minute : parts(hours(tenant, first, until.isAfter(last) ? last : until), broken)) {
            @Nullable Instant begin = moment(minute.name());
            if (begin == null) {
                broken.accept(minute.of());
            } else if (!begin.isAfter(until)) {
                minutes.add(minuteId(tenant, begin));
            }
        }
        for (String minute : minutes) {
            List<Part> listed = parts(List.of(minute), broken);
            if (listed.isEmpty()) {
                broken.accept(minute);
            }
            for (Part part : listed) {
                witnesses(part, until, consumer, broken);
            }
        }
    }

    private static @Nullable Instant moment(@Nullable Object stored) {
        try {
            return stored instanceof String text ? Stamp.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void witnesses(Part part, Instant until, Consumer<Witness> consumer, Consumer<String> broken) {
        String name = part.of() + BAR + part.name();
        Document segment = segments.find(eq(ID, name)).first();
        if (segment == null) {
            broken.accept(name);
            return;
        }
        List<String> texts = entries(segment, broken);
        if (!part.name().endsWith("/" + Segment.digest(texts))) {
            broken.accept(name);
        }
        for (String text : texts) {
            try {
                Witness witness = Witness.parse(text);
                if (!witness.mark().at().isAfter(until)) {
                    consumer.accept(witness);
                }
            } catch (IllegalArgumentException e) {
                broken.accept(name);
            }
        }
    }

    private static List<String> hours(TenantId tenant, Instant start, Instant until) {
        List<String> hours = new ArrayList<>();
        for (Instant hour = start; !hour.isAfter(until); hour = hour.plus(1, ChronoUnit.HOURS)) {
            hours.add(hourId(tenant, hour));
        }
        return hours;
    }

    private List<Part> parts(List<String> ids) {
        return parts(ids, MongoChangelog::unreadable);
    }

    private static void unreadable(String name) {
        throw new IllegalStateException("part " + name + " of the change log cannot be read");
    }

    private List<Part> parts(List<String> ids, Consumer<String> broken) {
        List<Part> parts = new ArrayList<>();
        for (int at = 0; at < ids.size(); at += CHUNK) {
            Collection<String> chunk = ids.subList(at, Math.min(at + CHUNK, ids.size()));
            for (Document found : index.find(in(ID, chunk))) {
                texts(found, PARTS, broken).forEach(name -> parts.add(new Part(found.getString(ID), name)));
            }
        }
        return parts;
    }

    /** What a segment holds: one text, which costs a store far less than a list of a thousand; older segments have the list. */
    private static List<String> entries(Document segment, Consumer<String> broken) {
        return segment.get(KEYS) instanceof String text
                ? List.of(text.split(Segment.BETWEEN, -1))
                : texts(segment, KEYS, broken);
    }

    private static List<String> texts(Document document, String name, Consumer<String> broken) {
        List<String> texts = new ArrayList<>();
        if (document.get(name) instanceof List<?> elements) {
            elements.stream().filter(String.class::isInstance).forEach(text -> texts.add((String) text));
            if (texts.size() == elements.size()) {
                return texts;
            }
        }
        broken.accept(document.getString(ID));
        return texts;
    }

    private void widen(TenantId tenant, String hour) {
        upsert(tenant.toString(), Updates.combine(Updates.min(FIRST, hour), Updates.max(LAST, hour)));
    }

    private void list(String id, String part) {
        upsert(id, Updates.addToSet(PARTS, part));
    }

    private void upsert(String id, Bson update) {
        for (int attempt = 0; ; attempt++) {
            try {
                index.updateOne(eq(ID, id), update, new UpdateOptions().upsert(true));
                return;
            } catch (MongoWriteException e) {
                // Two upserts of the same new document can collide; the second one then finds it.
                if (attempt > 2 || e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
            }
        }
    }

    private void insert(Document segment) {
        try {
            segments.insertOne(segment);
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
    }

    private static String minuteId(TenantId tenant, Instant minute) {
        return tenant + "|m|" + Stamp.text(minute);
    }

    private static String hourId(TenantId tenant, Instant hour) {
        return tenant + "|h|" + Stamp.text(hour);
    }

    /** One entry of an index document. */
    private record Part(String of, String name) {}

    /** The witnesses of one intake within one minute, named {@code <first moment>/<last moment>/<digest of them>}. */
    private static final class Segment {
        /** As {@link Event#idOf} puts it between the parts that it digests. No id holds it. */
        static final String BETWEEN = "\u001f";

        private final SortedSet<String> witnesses = new TreeSet<>();
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;

        void add(Witness witness) {
            Instant at = witness.mark().at();
            witnesses.add(witness.text());
            first = at.isBefore(first) ? at : first;
            last = at.isAfter(last) ? at : last;
        }

        String text() {
            return String.join(BETWEEN, witnesses);
        }

        String name() {
            return Stamp.text(first) + "/" + Stamp.text(last) + "/" + digest(witnesses);
        }

        static String digest(Collection<String> witnesses) {
            return Event.idOf(String.join(BETWEEN, witnesses));
        }

        static boolean overlaps(String name, String after, String until) {
            String[] parts = name.split("/", -1);
            return parts[1].compareTo(after) > 0 && parts[0].compareTo(until) <= 0;
        }
    }
}
