package io.tidemark.diff.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

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
 * Which keys changed when, and into what. A segment holds the witnesses of one intake within one minute; a minute lists its segments, in several
 * documents if there are very many, an hour its minutes, and the tenant's root its first hour, so that everything is found by exact id and nothing is scanned. Segments are named by their content:
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

    /** So many segments are listed by one document of a minute; of the next ones, the names end with their numbers. */
    private static final int MOST_PARTS = 5000;

    private static final char NUMBER = '#';

    /** No log goes over a longer time: states of other centuries are not taken in. */
    private static final long MOST_HOURS = 200L * 366 * 24;

    private final MongoCollection<Document> segments;
    private final MongoCollection<Document> index;
    private final int mostParts;
    private final Set<String> indexed = ConcurrentHashMap.newKeySet();

    MongoChangelog(MongoDatabase database) {
        this(database, MOST_PARTS);
    }

    MongoChangelog(MongoDatabase database, int mostParts) {
        this.mostParts = mostParts;
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
        String name = segment.name();
        insert(new Document(ID, minuteId(tenant, Stamp.text(minute)) + BAR + name).append(KEYS, segment.text()));
        String listed = Stamp.text(minute);
        for (int number = 2; !list(minuteId(tenant, listed), name); number++) {
            listed = Stamp.text(minute) + NUMBER + number;
        }
        Instant hour = minute.truncatedTo(ChronoUnit.HOURS);
        if (indexed.contains(minuteId(tenant, listed))) {
            return;
        }
        upsert(hourId(tenant, hour), Updates.addToSet(PARTS, listed));
        widen(tenant, Stamp.text(hour));
        if (indexed.size() > CACHE) {
            indexed.clear();
        }
        indexed.add(minuteId(tenant, listed));
    }

    /** Lists a segment in a document of its minute; false if that is full. */
    private boolean list(String minuteId, String segment) {
        Bson notFull = and(eq(ID, minuteId), exists(PARTS + "." + (mostParts - 1), false));
        for (int attempt = 0; ; attempt++) {
            try {
                index.updateOne(notFull, Updates.addToSet(PARTS, segment), new UpdateOptions().upsert(true));
                return true;
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                // It is full, or somebody else has begun it meanwhile.
                if (attempt > 0) {
                    return false;
                }
            }
        }
    }

    /** The minute of a name that an hour lists. */
    private static String minuteOf(String listed) {
        int number = listed.indexOf(NUMBER);
        return number < 0 ? listed : listed.substring(0, number);
    }

    SortedSet<StateKey> changedBetween(TenantId tenant, Instant after, Instant until) {
        SortedSet<StateKey> changed = new TreeSet<>();
        Document root = index.find(eq(ID, tenant.toString())).first();
        if (root == null || !after.isBefore(until)) {
            return changed;
        }
        Extent extent = extent(tenant, root);
        Instant start = after.isBefore(extent.first()) ? extent.first() : after.truncatedTo(ChronoUnit.HOURS);
        Instant end = until.isAfter(extent.last()) ? extent.last() : until;
        List<String> minutes = new ArrayList<>();
        for (Part minute : minutes(tenant, start, end, MongoChangelog::unreadable)) {
            Instant begin = Stamp.parse(minuteOf(minute.name()));
            if (begin.plus(1, ChronoUnit.MINUTES).isAfter(after) && !begin.isAfter(until)) {
                minutes.add(minuteId(tenant, minute.name()));
            }
        }
        List<String> segmentIds = parts(minutes, MongoChangelog::unreadable).stream()
                .filter(part -> Segment.overlaps(part.name(), Stamp.text(after), Stamp.text(until)))
                .map(Part::id)
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

    /**
     * Shows every witness of what was seen up to an instant, and the segments that are not as they were written.
     *
     * @return whether the log could be gone through: if its root is damaged, nothing is shown but that
     */
    boolean witnesses(TenantId tenant, Instant until, Consumer<Witness> consumer, Consumer<String> broken) {
        Document root = index.find(eq(ID, tenant.toString())).first();
        if (root == null) {
            return true;
        }
        Extent extent;
        try {
            extent = extent(tenant, root);
        } catch (DamagedHistoryException e) {
            broken.accept(tenant.toString());
            return false;
        }
        Instant end = until.isAfter(extent.last()) ? extent.last() : until;
        List<String> minutes = new ArrayList<>();
        for (Part minute : minutes(tenant, extent.first(), end, broken)) {
            @Nullable Instant begin = moment(minuteOf(minute.name()));
            if (begin == null) {
                broken.accept(minute.of());
            } else if (!begin.isAfter(until)) {
                minutes.add(minuteId(tenant, minute.name()));
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
        return true;
    }

    /** From when until when the log goes. Both are hours that the log has, for an hour is written before the root is told of it. */
    private Extent extent(TenantId tenant, Document root) {
        @Nullable Instant first = moment(root.get(FIRST));
        @Nullable Instant last = moment(root.get(LAST));
        if (first == null || last == null || last.isBefore(first)) {
            throw damaged(tenant, "does not say from when until when it goes");
        }
        if (ChronoUnit.HOURS.between(first, last) > MOST_HOURS) {
            throw damaged(tenant, "says that it goes over centuries");
        }
        Set<String> ends = new TreeSet<>(List.of(hourId(tenant, first), hourId(tenant, last)));
        if (index.find(in(ID, ends))
                        .projection(include(ID))
                        .into(new ArrayList<>())
                        .size()
                != ends.size()) {
            throw damaged(tenant, "begins or ends with an hour that is not there");
        }
        return new Extent(first, last);
    }

    private static DamagedHistoryException damaged(TenantId tenant, String how) {
        return new DamagedHistoryException("the root of the change log of tenant " + tenant + " is damaged: it " + how);
    }

    private static @Nullable Instant moment(@Nullable Object stored) {
        try {
            return stored instanceof String text ? Stamp.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void witnesses(Part part, Instant until, Consumer<Witness> consumer, Consumer<String> broken) {
        String name = part.id();
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

    /** The minutes that the hours of a span list. */
    private List<Part> minutes(TenantId tenant, Instant start, Instant until, Consumer<String> broken) {
        List<Part> minutes = new ArrayList<>();
        List<String> hours = new ArrayList<>(CHUNK);
        for (Instant hour = start; !hour.isAfter(until); hour = hour.plus(1, ChronoUnit.HOURS)) {
            hours.add(hourId(tenant, hour));
            if (hours.size() == CHUNK) {
                minutes.addAll(parts(hours, broken));
                hours.clear();
            }
        }
        minutes.addAll(parts(hours, broken));
        return minutes;
    }

    private static void unreadable(String name) {
        throw new DamagedHistoryException("part " + name + " of the change log cannot be read");
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

    private static String minuteId(TenantId tenant, String listed) {
        return tenant + "|m|" + listed;
    }

    private static String hourId(TenantId tenant, Instant hour) {
        return tenant + "|h|" + Stamp.text(hour);
    }

    /** The first and the last hour of a log. */
    private record Extent(Instant first, Instant last) {}

    /** One entry of an index document. */
    private record Part(String of, String name) {

        /** The id of the segment, if this is an entry of a minute. */
        String id() {
            return minuteOf(of) + BAR + name;
        }
    }

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
