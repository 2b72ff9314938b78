package io.tidemark.diff.history;

import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.history.HistoryStore.KeyMarks;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Spells histories as documents and reads them back. */
final class MongoDocuments {

    static final String ID = "_id";
    static final String TENANT = "tenant";
    static final String AT = "at";
    static final String UNTIL = "until";
    static final String EARLIER = "earlier";
    static final String ORIGIN = "origin";

    private static final String TYPE = "type";
    private static final String HASH = "hash";
    private static final String DELETED = "deleted";
    private static final String SUM = "sum";
    private static final String BODY = "body";
    private static final String CAPTURE = "capture";
    private static final String CAUSED_BY = "causedBy";

    private MongoDocuments() {}

    static String id(TenantId tenant, StateKey key) {
        return tenant + "|" + key.text();
    }

    static String versionId(TenantId tenant, StateKey key, Instant at) {
        return id(tenant, key) + "|" + Stamp.text(at);
    }

    static StateKey key(String id) {
        return StateKey.parse(id.substring(id.indexOf('|') + 1));
    }

    /** The key of a superseded version's document. */
    static StateKey versionKey(String id) {
        return key(id.substring(0, id.lastIndexOf('|')));
    }

    static Document current(TenantId tenant, KeyHistory history) {
        Document document = version(id(tenant, history.key()), tenant, history.key(), history.current());
        if (!history.earlier().isEmpty()) {
            document.append(
                    EARLIER,
                    history.earlier().stream().map(MongoDocuments::mark).toList());
        }
        return document.append(ORIGIN, origin(document));
    }

    static Document superseded(TenantId tenant, StateKey key, Fold.Superseded superseded) {
        Version version = superseded.version();
        Document document = version(versionId(tenant, key, version.mark().at()), tenant, key, version)
                .append(UNTIL, Stamp.text(superseded.until()));
        return document.append(ORIGIN, origin(document));
    }

    /** Digest of all that a document says beside its marks and its body, which are witnessed elsewhere. */
    static String origin(Document document) {
        StringBuilder text = new StringBuilder();
        for (String name : List.of(ID, TENANT, TYPE, CAPTURE, CAUSED_BY, UNTIL)) {
            text.append(document.get(name)).append('\n');
        }
        return BodySum.of(text.toString());
    }

    private static Document version(String id, TenantId tenant, StateKey key, Version version) {
        Document document = new Document(ID, id)
                .append(TENANT, tenant.toString())
                .append(TYPE, key.type())
                .append(CAPTURE, version.captureId());
        document.putAll(mark(version.mark()));
        if (version.body() != null) {
            document.append(BODY, version.body());
        }
        if (!version.causedBy().isEmpty()) {
            document.append(CAUSED_BY, version.causedBy());
        }
        return document;
    }

    private static Document mark(Mark mark) {
        Document document = new Document(AT, Stamp.text(mark.at()));
        if (mark.hash() != null) {
            document.append(HASH, mark.hash());
        }
        if (mark.deleted() != null) {
            document.append(DELETED, mark.deleted().name());
        }
        if (mark.sum() != null) {
            document.append(SUM, mark.sum());
        }
        return document;
    }

    static KeyHistory history(Document document) {
        return new KeyHistory(key(document.getString(ID)), version(document), earlier(document));
    }

    static Version version(Document document) {
        return new Version(
                readMark(document),
                document.getString(BODY),
                document.getString(CAPTURE),
                document.getList(CAUSED_BY, String.class, List.of()));
    }

    static KeyMarks marks(Document document) {
        List<Mark> marks = new ArrayList<>(earlier(document));
        marks.add(readMark(document));
        return new KeyMarks(key(document.getString(ID)), marks);
    }

    private static List<Mark> earlier(Document document) {
        return document.getList(EARLIER, Document.class, List.of()).stream()
                .map(MongoDocuments::readMark)
                .toList();
    }

    static Mark readMark(Document document) {
        @Nullable String deleted = document.getString(DELETED);
        return new Mark(
                Stamp.parse(document.getString(AT)),
                document.getString(HASH),
                deleted == null ? null : Deletion.valueOf(deleted),
                document.getString(SUM));
    }
}
