package io.tidemark.diff.history;

import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.history.HistoryStore.KeyMarks;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bson.BsonBinarySubType;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** Spells histories as documents and reads them back. */
final class MongoDocuments {

    static final String ID = "_id";
    static final String TENANT = "tenant";
    static final String AT = "at";
    static final String UNTIL = "until";
    static final String EARLIER = "earlier";
    static final String OLDER = "older";
    static final String ORIGIN = "origin";
    static final String HASH = "hash";
    static final String SUM = "sum";

    private static final String LOWER_CASE_DIGITS = "0123456789abcdef";
    private static final String TYPE = "type";
    private static final String DELETED = "deleted";
    private static final String BODY = "body";
    private static final String CAPTURE = "capture";
    private static final String CAUSED_BY = "causedBy";

    private static final List<String> ORIGINS = List.of(ID, TENANT, TYPE, CAPTURE, CAUSED_BY, UNTIL);
    private static final int USUAL_ORIGIN = 200;

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
        Document document = version(id(tenant, history.key()), history.current());
        if (!history.earlier().isEmpty()) {
            document.append(
                    EARLIER,
                    history.earlier().stream()
                            .map(mark -> mark(mark, new Document()))
                            .toList());
        }
        if (history.hasOlder()) {
            document.append(OLDER, true);
        }
        return document.append(ORIGIN, digest(origin(document)));
    }

    static Document superseded(TenantId tenant, StateKey key, Fold.Superseded superseded) {
        Version version = superseded.version();
        Document document = version(versionId(tenant, key, version.mark().at()), version)
                .append(TENANT, tenant.toString())
                .append(UNTIL, Stamp.text(superseded.until()));
        return document.append(ORIGIN, digest(origin(document)));
    }

    /**
     * Digest of all that a document says beside its marks and its body, which are witnessed elsewhere. Documents of earlier versions of
     * this service say their tenant and type besides.
     */
    static String origin(Document document) {
        StringBuilder text = new StringBuilder(USUAL_ORIGIN);
        for (String name : ORIGINS) {
            text.append(document.get(name)).append('\n');
        }
        if (document.containsKey(OLDER)) {
            text.append(OLDER).append(document.get(OLDER)).append('\n');
        }
        return BodySum.of(text.toString());
    }

    private static Document version(String id, Version version) {
        Document document = new Document(ID, id).append(CAPTURE, version.captureId());
        mark(version.mark(), document);
        if (version.body() != null) {
            document.append(BODY, version.body());
        }
        if (!version.causedBy().isEmpty()) {
            document.append(CAUSED_BY, version.causedBy());
        }
        return document;
    }

    private static Document mark(Mark mark, Document document) {
        document.append(AT, Stamp.text(mark.at()));
        if (mark.hash() != null) {
            document.append(HASH, digest(mark.hash()));
        }
        if (mark.deleted() != null) {
            document.append(DELETED, mark.deleted().name());
        }
        if (mark.sum() != null) {
            document.append(SUM, digest(mark.sum()));
        }
        return document;
    }

    /** As bytes, which take half the room of their digits; what is no digest in its usual spelling, as it is. */
    private static Object digest(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = LOWER_CASE_DIGITS.indexOf(hex.charAt(2 * i));
            int low = LOWER_CASE_DIGITS.indexOf(hex.charAt(2 * i + 1));
            if (high < 0 || low < 0) {
                return hex;
            }
            bytes[i] = (byte) (high << Byte.SIZE / 2 | low);
        }
        return 2 * bytes.length == hex.length() ? new Binary(bytes) : hex;
    }

    /** The digits of a digest that is stored as bytes, or as digits, as older documents have it; null if it is neither. */
    static @Nullable String digits(Document document, String name) {
        Object stored = document.get(name);
        if (stored instanceof Binary bytes && bytes.getType() == BsonBinarySubType.BINARY.getValue()) {
            return HexFormat.of().formatHex(bytes.getData());
        }
        return stored instanceof String digits ? digits : null;
    }

    private static @Nullable String readDigest(Document document, String name) {
        @Nullable String digits = digits(document, name);
        if (digits == null && document.get(name) != null) {
            throw new IllegalArgumentException("stored digest is neither bytes nor text");
        }
        return digits;
    }

    static KeyHistory history(Document document) {
        return new KeyHistory(key(document.getString(ID)), version(document), earlier(document), hasOlder(document));
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
        return new KeyMarks(key(document.getString(ID)), marks, hasOlder(document));
    }

    private static boolean hasOlder(Document document) {
        return Boolean.TRUE.equals(document.get(OLDER));
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
                readDigest(document, HASH),
                deleted == null ? null : Deletion.valueOf(deleted),
                readDigest(document, SUM));
    }
}
