package io.tidemark.diff.seal;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.SetDigest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Accounts in MongoDB: one document per capture with one part per partition, changed by compare-and-set on the part's last offset. */
@ApplicationScoped
class MongoAccountStore implements AccountStore {

    private static final String ID = "_id";
    private static final String PARTS = "parts";
    private static final String LAST = "last";
    private static final String TYPES = "types";
    private static final int ATTEMPTS = 20;
    private static final int REMEMBERED = 250;

    private final MongoCollection<Document> accounts;
    /** What was last written of some parts, so that the next batch need not ask first; if another has written since, nothing is replaced. */
    private final Map<String, Account> written = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
            return size() > REMEMBERED;
        }
    });

    MongoAccountStore(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.accounts = client.getDatabase(database).getCollection("accounts");
    }

    @Override
    public void add(TenantId tenant, String captureId, int partition, List<Account.Entry> entries) {
        String id = id(tenant, captureId);
        String part = "p" + partition;
        @Nullable Account remembered = written.get(id + part);
        if (remembered != null && advance(id, part, remembered, entries)) {
            return;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Account known = find(id).getOrDefault(part, Account.EMPTY);
            if (known.plus(entries).equals(known) || advance(id, part, known, entries)) {
                return;
            }
        }
        throw new IllegalStateException("account of a capture kept changing under " + ATTEMPTS + " attempts");
    }

    /** Whether the part was as it is known, and has the entries now. */
    private boolean advance(String id, String part, Account known, List<Account.Entry> entries) {
        Account wanted = known.plus(entries);
        boolean replaced = !wanted.equals(known) && replace(id, part, known, wanted);
        if (replaced) {
            written.put(id + part, wanted);
        }
        return replaced;
    }

    @Override
    public Map<String, SetDigest> total(TenantId tenant, String captureId) {
        return Account.total(find(id(tenant, captureId)).values());
    }

    private boolean replace(String id, String part, Account known, Account wanted) {
        String path = PARTS + "." + part;
        boolean first = known.lastOffset() < 0;
        Bson unchanged = first ? exists(path, false) : eq(path + "." + LAST, known.lastOffset());
        try {
            return accounts.updateOne(
                                            and(eq(ID, id), unchanged),
                                            Updates.set(path, document(wanted)),
                                            new UpdateOptions().upsert(first))
                                    .getMatchedCount()
                            > 0
                    || first;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    private Map<String, Account> find(String id) {
        @Nullable Document found = accounts.find(eq(ID, id)).first();
        Map<String, Account> parts = new HashMap<>();
        if (found != null && found.get(PARTS) instanceof Document document) {
            document.keySet().forEach(part -> parts.put(part, account(document.get(part, Document.class))));
        }
        return parts;
    }

    private static Document document(Account account) {
        List<Document> types = new ArrayList<>();
        new TreeMap<>(account.types())
                .forEach((type, sum) -> types.add(
                        new Document("type", type).append("count", sum.count()).append("digest", sum.hex())));
        return new Document(LAST, account.lastOffset()).append(TYPES, types);
    }

    private static Account account(Document part) {
        Map<String, SetDigest> types = new HashMap<>();
        for (Document type : part.getList(TYPES, Document.class)) {
            long count = type.get("count", Number.class).longValue();
            types.put(type.getString("type"), SetDigest.parse(count, type.getString("digest")));
        }
        return new Account(part.get(LAST, Number.class).longValue(), types);
    }

    private static String id(TenantId tenant, String captureId) {
        return tenant + "|" + captureId;
    }
}
