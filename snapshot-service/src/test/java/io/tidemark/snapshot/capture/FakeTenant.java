package io.tidemark.snapshot.capture;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription.Reading;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.graph.read.ChildSink;
import io.tidemark.graph.read.DeltaItem;
import io.tidemark.graph.read.DeltaItem.LinkChange;
import io.tidemark.graph.read.DeltaItem.Presence;
import io.tidemark.graph.read.DeltaItem.Removal;
import io.tidemark.graph.read.DeltaLink;
import io.tidemark.graph.read.DeltaPage;
import io.tidemark.graph.read.LinkTarget;
import io.tidemark.graph.read.ObjectSink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * A tenant in memory that shows itself as Graph does: deleted objects keep their links though nobody sees them, changes come in pages, in
 * no order and sometimes twice, and never tell of links that a soft deletion hides or a restore shows again.
 */
class FakeTenant implements LiveTenant {

    private static final int PAGE = 7;
    private static final Set<ObjectKind> BINNED = Set.of(
            ObjectKind.USER,
            ObjectKind.GROUP,
            ObjectKind.APPLICATION,
            ObjectKind.SERVICE_PRINCIPAL,
            ObjectKind.NAMED_LOCATION,
            ObjectKind.CONDITIONAL_ACCESS_POLICY,
            ObjectKind.ADMINISTRATIVE_UNIT,
            ObjectKind.DEVICE);

    private final Random random;
    private final Map<ObjectRef, JsonObject> live = new LinkedHashMap<>();
    private final Map<ObjectRef, JsonObject> bin = new LinkedHashMap<>();
    private final Set<ObjectRef> purged = new HashSet<>();
    private final Set<Link> links = new LinkedHashSet<>();
    private final Map<ObjectRef, Long> changedAt = new HashMap<>();
    private final Map<Link, Long> linkChangedAt = new HashMap<>();
    private final Map<String, List<DeltaItem>> rest = new HashMap<>();
    private final Map<String, Long> restUntil = new HashMap<>();
    private long sequence;
    private int pages;
    private int counted;

    /** Called before each page, so that a test can change the tenant while it is read. */
    Runnable beforePage = () -> {};

    /** Makes another page of what a delta query would show. */
    BiFunction<ObjectKind, DeltaPage, DeltaPage> shown = (kind, page) -> page;

    FakeTenant(long seed) {
        this.random = new Random(seed);
        for (ObjectKind kind : ObjectKind.values()) {
            if (Catalogue.of(kind).reading() == Reading.SINGLETON) {
                ObjectRef ref = ObjectRef.of(kind, kind.word());
                live.put(ref, new JsonObject(Map.of("description", new JsonString("there is only one"))));
            }
        }
    }

    // What happens in the tenant.

    ObjectRef create(ObjectKind kind) {
        return create(kind, new UUID(random.nextLong(), random.nextLong()).toString());
    }

    ObjectRef create(ObjectKind kind, String id) {
        ObjectRef ref = ObjectRef.of(kind, id);
        live.put(ref, new JsonObject(Map.of("id", new JsonString(ref.id().value()))));
        rename(ref);
        return ref;
    }

    /** Makes something that hangs on an object. */
    ObjectRef createBelow(ObjectKind kind, ObjectRef parent) {
        String own = new UUID(random.nextLong(), random.nextLong()).toString();
        ObjectRef ref = new ObjectRef(kind, ObjectId.child(parent.id(), own));
        live.put(ref, new JsonObject(Map.of("id", new JsonString(own))));
        rename(ref);
        return ref;
    }

    /** Gives an object a property that no delta query asks for. */
    void set(ObjectRef ref, String name, JsonValue value) {
        live.computeIfPresent(ref, (object, properties) -> properties.with(name, value));
        changed(ref);
    }

    void rename(ObjectRef ref) {
        if (live.containsKey(ref)) {
            live.put(ref, live.get(ref).with("displayName", new JsonString("name " + counted++ % 5)));
            changed(ref);
        }
    }

    void link(LinkKind kind, ObjectRef source, ObjectRef target) {
        if (!live.containsKey(source) || !live.containsKey(target)) {
            return;
        }
        if (kind.arity() == LinkKind.Arity.ONE) {
            List.copyOf(links).stream()
                    .filter(link -> link.kind() == kind && link.source().equals(source.id()))
                    .forEach(this::unlink);
        }
        Link link = new Link(kind, source.id(), target.id());
        links.add(link);
        linkChangedAt.put(link, ++sequence);
    }

    void unlink(Link link) {
        if (links.remove(link)) {
            linkChangedAt.put(link, ++sequence);
        }
    }

    void delete(ObjectRef ref) {
        JsonObject properties = live.remove(ref);
        if (properties == null) {
            return;
        }
        if (BINNED.contains(ref.kind())) {
            bin.put(ref, properties);
            changed(ref);
        } else {
            bin.put(ref, properties);
            purge(ref);
        }
    }

    void restore(ObjectRef ref) {
        JsonObject properties = bin.remove(ref);
        if (properties != null) {
            live.put(ref, properties);
            changed(ref);
        }
    }

    void purge(ObjectRef ref) {
        if (bin.remove(ref) != null) {
            purged.add(ref);
            changed(ref);
            List<ObjectRef> below =
                    live.keySet().stream().filter(child -> isBelow(child, ref)).toList();
            live.keySet().removeAll(below);
            purged.addAll(below);
            List.copyOf(links).stream()
                    .filter(link -> hasOwnId(ref))
                    .filter(link ->
                            link.source().equals(ref.id()) || link.target().equals(ref.id()))
                    .forEach(this::unlink);
        }
    }

    List<ObjectRef> all(ObjectKind... kinds) {
        return live.keySet().stream()
                .filter(ref -> List.of(kinds).contains(ref.kind()) && isVisible(ref))
                .toList();
    }

    /** Whether everything that an object hangs on is there. */
    boolean isVisible(ObjectRef ref) {
        return parentOf(ref).map(live::containsKey).orElse(true);
    }

    List<ObjectRef> deleted() {
        return List.copyOf(bin.keySet());
    }

    List<ObjectRef> purged() {
        return List.copyOf(purged);
    }

    /** The links that anybody can see. */
    List<Link> visibleLinks() {
        Set<ObjectId> ids = new HashSet<>();
        live.keySet().stream().filter(FakeTenant::hasOwnId).forEach(ref -> ids.add(ref.id()));
        return links.stream()
                .filter(link -> ids.contains(link.source()) && ids.contains(link.target()))
                .toList();
    }

    Map<ObjectRef, JsonObject> objects() {
        Map<ObjectRef, JsonObject> visible = new LinkedHashMap<>(live);
        visible.keySet().removeIf(ref -> !isVisible(ref));
        return visible;
    }

    // What Graph shows of it.

    @Override
    public DeltaPage changes(ObjectKind kind, Optional<DeltaLink> link) {
        return shown.apply(kind, page(kind, link));
    }

    private DeltaPage page(ObjectKind kind, Optional<DeltaLink> link) {
        beforePage.run();
        String token = link.map(DeltaLink::url).orElse("since:-1");
        if (token.startsWith("since:")) {
            long since = Long.parseLong(token.substring("since:".length()));
            token = "page:" + pages++;
            rest.put(token, items(kind, since));
            restUntil.put(token, sequence);
        }
        List<DeltaItem> items = rest.getOrDefault(token, List.of());
        int end = Math.min(PAGE, items.size());
        if (end == items.size()) {
            return new DeltaPage(items, new DeltaLink("since:" + restUntil.get(token)), true);
        }
        String next = "page:" + pages++;
        rest.put(next, items.subList(end, items.size()));
        restUntil.put(next, restUntil.get(token));
        return new DeltaPage(items.subList(0, end), new DeltaLink(next), false);
    }

    @Override
    public void list(ObjectKind kind, ObjectSink sink) {
        beforePage.run();
        if (random.nextInt(4) == 0) {
            all(kind).stream().limit(2).forEach(ref -> sink.accept(live.get(ref)));
            sink.restarted();
        }
        all(kind).forEach(ref -> sink.accept(live.get(ref)));
    }

    @Override
    public JsonObject singleton(ObjectKind kind) {
        return live.get(ObjectRef.of(kind, kind.word()));
    }

    @Override
    public void children(ObjectKind kind, Collection<ObjectId> parents, ChildSink sink) {
        beforePage.run();
        for (ObjectId parent : parents) {
            all(kind).stream()
                    .filter(ref -> ref.id().parent().filter(parent::equals).isPresent())
                    .forEach(ref -> sink.accept(parent, live.get(ref)));
        }
    }

    @Override
    public void links(LinkKind kind, Shown shown) {
        all(kind.source()).forEach(source -> shown.object(source.id()));
        visibleLinks().stream()
                .filter(link -> link.kind() == kind)
                .map(this::found)
                .forEach(shown::link);
    }

    @Override
    public Map<ObjectRef, JsonObject> findAll(Collection<ObjectRef> refs) {
        Map<ObjectRef, JsonObject> found = new LinkedHashMap<>();
        refs.stream().filter(live::containsKey).filter(this::isVisible).forEach(ref -> found.put(ref, live.get(ref)));
        return found;
    }

    @Override
    public Set<ObjectId> recycleBin(ObjectKind kind) {
        Set<ObjectId> ids = new HashSet<>();
        bin.keySet().stream().filter(ref -> ref.kind() == kind).forEach(ref -> ids.add(ref.id()));
        return ids;
    }

    @Override
    public Set<ObjectRef> inRecycleBin(Collection<ObjectRef> refs) {
        Set<ObjectRef> found = new HashSet<>(refs);
        found.retainAll(bin.keySet());
        return found;
    }

    @Override
    public Map<ObjectId, List<FoundLink>> linksFrom(LinkKind kind, Collection<ObjectId> sources) {
        Map<ObjectId, List<FoundLink>> found = new LinkedHashMap<>();
        sources.stream()
                .filter(source -> live.containsKey(new ObjectRef(kind.source(), source)))
                .forEach(source -> found.put(source, new ArrayList<>()));
        for (Link link : visibleLinks()) {
            if (link.kind() == kind && found.containsKey(link.source())) {
                found.get(link.source()).add(found(link));
            }
        }
        return found;
    }

    @Override
    public OptionalLong count(ObjectKind kind) {
        return OptionalLong.of(all(kind).size());
    }

    @Override
    public List<FoundLink> linksTo(Collection<ObjectRef> targets) {
        Set<ObjectId> ids = new HashSet<>();
        targets.forEach(ref -> ids.add(ref.id()));
        return visibleLinks().stream()
                .filter(link -> ids.contains(link.target()))
                .map(this::found)
                .toList();
    }

    @Override
    public long requests() {
        return pages;
    }

    private void changed(ObjectRef ref) {
        changedAt.put(ref, ++sequence);
        parentOf(ref).ifPresent(parent -> changedAt.put(parent, ++sequence));
    }

    private static Optional<ObjectRef> parentOf(ObjectRef ref) {
        return Catalogue.of(ref.kind())
                .reach()
                .parent()
                .map(kind -> new ObjectRef(kind, ref.id().parent().orElseThrow()));
    }

    private static boolean isBelow(ObjectRef child, ObjectRef parent) {
        return parentOf(child).filter(parent::equals).isPresent();
    }

    private static boolean hasOwnId(ObjectRef ref) {
        return ref.kind() != ObjectKind.USER_REGISTRATION_DETAILS;
    }

    private FoundLink found(Link link) {
        return new FoundLink(link, typeOf(link.target()));
    }

    private String typeOf(ObjectId id) {
        Set<ObjectRef> all = new HashSet<>(live.keySet());
        all.addAll(bin.keySet());
        all.addAll(purged);
        return all.stream()
                .filter(ref -> hasOwnId(ref) && ref.id().equals(id))
                .map(ref -> ref.kind().word())
                .findFirst()
                .orElseThrow();
    }

    private List<DeltaItem> items(ObjectKind kind, long since) {
        Set<ObjectRef> touched = new LinkedHashSet<>();
        changedAt.forEach((ref, at) -> {
            boolean shown = at > since && (since >= 0 || !purged.contains(ref));
            if (ref.kind() == kind && shown) {
                touched.add(ref);
            }
        });
        linkChangedAt.forEach((link, at) -> {
            ObjectRef source = new ObjectRef(link.kind().source(), link.source());
            if (link.kind().source() == kind && at > since && (live.containsKey(source))) {
                touched.add(source);
            }
        });
        List<DeltaItem> items = new ArrayList<>();
        for (ObjectRef ref : touched) {
            items.addAll(items(ref, since));
        }
        if (!items.isEmpty() && random.nextBoolean()) {
            items.add(items.get(random.nextInt(items.size())));
        }
        Collections.shuffle(items, random);
        return items;
    }

    private List<DeltaItem> items(ObjectRef ref, long since) {
        if (bin.containsKey(ref)) {
            return List.of(new DeltaItem.Removed(ref.id(), Removal.SOFT));
        }
        if (purged.contains(ref)) {
            return List.of(new DeltaItem.Removed(ref.id(), Removal.HARD));
        }
        List<LinkChange> changes = new ArrayList<>();
        Set<Link> visible = new HashSet<>(visibleLinks());
        Set<Link> ofSource = new LinkedHashSet<>(linkChangedAt.keySet());
        ofSource.removeIf(link -> Catalogue.of(link.kind()).reading() != LinkDescription.Reading.DELTA);
        ofSource.removeIf(
                link -> link.kind().source() != ref.kind() || !link.source().equals(ref.id()));
        for (Link link : new TreeSet<>(ofSource.stream().map(Link::key).toList())
                .stream().map(Link::parse).toList()) {
            long at = linkChangedAt.get(link);
            LinkTarget target = new LinkTarget(link.target(), Optional.of(typeOf(link.target())));
            if (since < 0 ? visible.contains(link) : at > since && links.contains(link)) {
                changes.add(new LinkChange(link.kind(), target, Presence.PRESENT));
            } else if (since >= 0 && at > since) {
                changes.add(new LinkChange(link.kind(), target, Presence.ABSENT));
            }
        }
        JsonObject whole = asked(ref, live.get(ref));
        if (changes.size() > 3) {
            // A large group comes in slices.
            int half = changes.size() / 2;
            return List.of(
                    new DeltaItem.Present(ref.id(), whole, changes.subList(0, half)),
                    new DeltaItem.Present(ref.id(), idOnly(whole), changes.subList(half, changes.size())));
        }
        return List.of(new DeltaItem.Present(ref.id(), whole, changes));
    }

    // A delta query shows what it was asked for.
    private static JsonObject asked(ObjectRef ref, JsonObject properties) {
        Map<String, JsonValue> asked = new LinkedHashMap<>(properties.members());
        asked.keySet().retainAll(Catalogue.of(ref.kind()).named());
        return new JsonObject(asked);
    }

    private static JsonObject idOnly(JsonObject whole) {
        JsonValue id = whole.find("id").orElseThrow();
        return new JsonObject(Map.of("id", id));
    }
}
