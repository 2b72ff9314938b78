package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The directory of one tenant. Reads share it, a write has it alone. */
public final class Tenant {

    private static final Duration AGEING = Duration.ofMinutes(1);

    private final UUID id;
    private final Clock clock;
    private final Rulebook rulebook;
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Map<String, ClientRegistration> registrations = new ConcurrentHashMap<>();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final EffectLedger ledger = new EffectLedger();
    private final List<Consumer<WriteContext>> listeners = new CopyOnWriteArrayList<>();
    private final IssuedSecrets secrets = new IssuedSecrets();
    private final LaterProperties later = new LaterProperties();
    private final Recovery recovery;
    private final Pasts pasts;
    private final Random random;
    private final Set<Node> dynamicGroups = ConcurrentHashMap.newKeySet();
    private final Map<String, Entity> foreign = new ConcurrentHashMap<>();
    private volatile Instant nextAgeing = Instant.MIN;
    private volatile Switches switches = Switches.USUAL;
    private long sequence;

    /** An empty tenant whose new ids come from the seed. */
    public Tenant(UUID id, Clock clock, long seed, Rulebook rulebook) {
        this.id = id;
        this.clock = clock;
        this.rulebook = rulebook;
        this.random = new Random(seed ^ id.getMostSignificantBits());
        this.recovery = new Recovery(clock.instant());
        this.pasts = new Pasts(clock);
        for (Kind kind : Kinds.all().values()) {
            tables.put(kind.collection(), new Table(kind));
        }
        for (Kind kind : Kinds.all().values()) {
            for (JsonNode preset : kind.preset()) {
                insert(kind, preset.path("id").asText(), Entity.of((ObjectNode) preset));
            }
        }
    }

    /** Its id. */
    public UUID id() {
        return id;
    }

    /** What requests changed. */
    public EffectLedger ledger() {
        return ledger;
    }

    /** Tells every request that changed something, in order. */
    public void onWrite(Consumer<WriteContext> listener) {
        listeners.add(listener);
    }

    /** Loads content without audit, quota or ledger. */
    public void load(TenantSeed seed) {
        lock.writeLock().lock();
        try {
            SeedLoader loader = new SeedLoader(this);
            seed.emit(loader);
            loader.finish();
            rulebook.complete(this);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The callers known here, by application id. */
    public @Nullable ClientRegistration registration(String clientId) {
        return registrations.get(clientId.toLowerCase(Locale.ROOT));
    }

    /** Properties that the schema does not know yet. */
    public LaterProperties later() {
        return later;
    }

    /** Makes a caller known. */
    public void register(ClientRegistration registration) {
        if (registration.secret() != null) {
            secrets.replaced(registration.clientId());
        }
        registrations.put(registration.clientId().toLowerCase(Locale.ROOT), registration);
    }

    /** All callers known here. */
    public Collection<ClientRegistration> registrations() {
        return registrations.values();
    }

    /** Reads with nobody writing. */
    public <T> T read(Supplier<T> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Changes state: the work says what, this sees that it is recorded. A refusal leaves everything as it was. */
    public <T> T write(WriteContext context, Function<TenantWriter, T> work) {
        lock.writeLock().lock();
        try {
            T result = work.apply(new TenantWriter(this, context));
            if (!context.effects().isEmpty()) {
                ledger.append(context);
                listeners.forEach(listener -> listener.accept(context));
            }
            return result;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Lets the time that passed do its work. Cheap when none did. */
    public void age() {
        Instant now = clock.instant();
        if (now.isBefore(nextAgeing)) {
            return;
        }
        nextAgeing = now.plus(AGEING);
        write(Ageing.context(this, now), writer -> {
            Ageing.settle(writer);
            return true;
        });
        recovery.settle(this, now);
        hurry();
    }

    /** Sees to it that nothing that is due before the next minute waits for it. */
    public void hurry() {
        Instant due = recovery.due();
        nextAgeing = due.isBefore(nextAgeing) ? due : nextAgeing;
    }

    /** The native backup and recovery. */
    public Recovery recovery() {
        return recovery;
    }

    /** Drops an object that nobody deleted. */
    void drop(Node node) {
        lock.writeLock().lock();
        try {
            table(node.kind()).purge(node);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** An object by id, live or in the recycle bin. */
    public @Nullable Node find(Kind kind, String objectId) {
        return table(kind).get(objectId);
    }

    /** A directory object of any kind by id, live or in the recycle bin. */
    public @Nullable Node findAny(String objectId) {
        for (Table table : tables.values()) {
            if (table.kind().directoryObject()) {
                Node found = table.get(objectId);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** The live object with a value in an indexed property. */
    public @Nullable Node findBy(Kind kind, String property, String value) {
        for (Node node : table(kind).with(property, value)) {
            if (node.live()) {
                return node;
            }
        }
        return null;
    }

    /** The objects, live or in the bin, with a value in an indexed property. Call it inside a read or a write. */
    public List<Node> allBy(Kind kind, String property, String value) {
        return table(kind).with(property, value);
    }

    /** Whether objects can be looked up by a property. */
    public boolean indexed(Kind kind, String property) {
        return table(kind).indexed(property);
    }

    /** The objects, live or not, that came after another. Call it inside a read or a write. */
    public List<Node> after(Kind kind, long afterSequence) {
        return table(kind).after(afterSequence);
    }

    /** The objects in the recycle bin. Call it inside a read or a write. */
    public List<Node> bin(Kind kind) {
        return new ArrayList<>(table(kind).bin());
    }

    /** How many live objects a table has. */
    public int count(Kind kind) {
        return table(kind).live();
    }

    /** The changes of a table. Call it inside a read or a write. */
    public Journal journal(Kind kind) {
        return table(kind).journal();
    }

    /** The place of the last change. */
    public long sequence() {
        return sequence;
    }

    /** Adds objects that no request wrote. */
    public void append(Kind kind, List<ObjectNode> objects) {
        lock.writeLock().lock();
        try {
            objects.forEach(object -> insert(kind, object.path("id").asText(), Entity.of(object)));
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Drops the oldest objects of a table as long as a property sorts before a limit. */
    public void dropBefore(Kind kind, String property, String limit) {
        Table table = table(kind);
        if (read(() -> table.oldestBefore(property, limit)) == null) {
            return;
        }
        lock.writeLock().lock();
        try {
            for (Node old = table.oldestBefore(property, limit);
                    old != null;
                    old = table.oldestBefore(property, limit)) {
                table.purge(old);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Drops the objects of a table whose time has come. */
    public void expire(Kind kind) {
        String now = clock.instant().toString();
        String property = kind.expires();
        if (property == null) {
            return;
        }
        List<Node> over = read(() -> table(kind).after(0).stream()
                .filter(n ->
                        n.live() && String.valueOf(n.entity().text(property)).compareTo(now) < 0)
                .toList());
        if (!over.isEmpty()) {
            lock.writeLock().lock();
            try {
                over.stream().filter(Node::live).forEach(table(kind)::purge);
            } finally {
                lock.writeLock().unlock();
            }
        }
    }

    /** An application of another tenant of which a service principal was here at some time. */
    @Nullable
    public Entity foreignPrincipal(String appId) {
        return foreign.get(appId);
    }

    /** What objects were before, for replicas that lag behind. */
    public Pasts pasts() {
        return pasts;
    }

    void rememberLinks(Node node, String relation) {
        recovery.history().recordLinks(node, relation);
        pasts.rememberLinks(node, relation);
    }

    /** How open questions are decided. */
    public Switches switches() {
        return switches;
    }

    /** Decides open questions. */
    public void switches(Switches next) {
        switches = next;
    }

    /** Whether a secret that Graph issued for an application proves who asks. */
    public boolean accepts(String appId, String secret, Instant now) {
        return read(() -> secrets.accepts(this, appId, secret, now));
    }

    /** The secrets that were issued or registered here. */
    IssuedSecrets secrets() {
        return secrets;
    }

    /** Whether a secret is that of a client that an export told. */
    public boolean registered(String clientId, String secret) {
        return secrets.registered(clientId, secret);
    }

    /** The hashes of all secrets, by the ids of their keys or clients. Call it inside a read. */
    public Map<String, SealedSecret> sealedSecrets() {
        return secrets.all(this);
    }

    /** The groups with a membership rule. */
    List<Node> dynamicGroups() {
        return dynamicGroups.stream()
                .sorted(Comparator.comparingLong(Node::sequence))
                .toList();
    }

    void remember(Node node, @Nullable Entity before) {
        recovery.history().record(node, before);
        pasts.remember(node, before);
    }

    Rulebook rulebook() {
        return rulebook;
    }

    public Instant now() {
        return clock.instant();
    }

    public Table table(Kind kind) {
        Table table = tables.get(kind.collection());
        if (table == null) {
            throw new IllegalArgumentException("there is no table " + kind);
        }
        return table;
    }

    long nextSequence() {
        return ++sequence;
    }

    public String newId() {
        long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    public String newSecret() {
        byte[] bytes = new byte[30];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Keeps the list of groups with a membership rule. */
    public void watch(Node node) {
        boolean holder =
                node.kind().type().equals("group") || node.kind().type().equals("administrativeUnit");
        if (holder && DynamicMembership.dynamic(node.entity())) {
            dynamicGroups.add(node);
        }
    }

    void knowForeign(Kind kind, Entity entity) {
        String appId = entity.text("appId");
        String owner = entity.text("appOwnerOrganizationId");
        if (appId != null && owner != null && kind.type().equals("servicePrincipal") && !owner.equals(id.toString())) {
            foreign.put(appId, entity);
        }
    }

    public Node insert(Kind kind, String objectId, Entity entity) {
        Node node = new Node(kind, objectId, nextSequence(), entity);
        table(kind).add(node, table(kind).hashes(entity));
        watch(node);
        knowForeign(kind, entity);
        return node;
    }
}
