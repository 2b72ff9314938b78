package io.tidemark.snapshot.capture;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.pace.Charge;
import io.tidemark.graph.pace.Lane;
import io.tidemark.graph.pace.LaneStatistics;
import io.tidemark.graph.pace.Tariff;
import io.tidemark.graph.read.ChildSink;
import io.tidemark.graph.read.DeltaLink;
import io.tidemark.graph.read.DeltaPage;
import io.tidemark.graph.read.DirectoryReader;
import io.tidemark.graph.read.LinkSink;
import io.tidemark.graph.read.LinkTarget;
import io.tidemark.graph.read.ObjectSink;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.snapshot.capture.newer.NewerSelection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Reads a tenant through Graph. */
final class GraphLiveTenant implements LiveTenant {

    private static final Logger LOG = Logger.getLogger(GraphLiveTenant.class);

    /** From so many objects on, listing the whole recycle bin is cheaper than asking for each. */
    private static final int MANY = 20;

    private final GraphConnection connection;
    private final DirectoryReader reader;
    private final InboundLinks inbound;
    private final NewerSelection newer;
    private final long before;
    private int saved;

    /**
     * A tenant behind a connection.
     *
     * @param newer makes what asks for properties newer than the catalogue
     */
    GraphLiveTenant(GraphConnection connection, Function<DirectoryReader, NewerSelection> newer) {
        this.connection = connection;
        this.reader = DirectoryReader.withExtensions(connection);
        this.newer = newer.apply(reader);
        this.inbound = new InboundLinks(connection);
        this.before = sent();
    }

    @Override
    public DeltaPage changes(ObjectKind kind, Optional<DeltaLink> link) {
        return reader.delta(Catalogue.of(kind), link);
    }

    @Override
    public Optional<String> extensions(ObjectKind kind) {
        return reader.extensions(kind).map(names -> String.join(",", names));
    }

    @Override
    public Optional<List<String>> schemas(ObjectKind part) {
        return reader.schemas(Catalogue.of(part));
    }

    @Override
    public void noteSchemas(ObjectKind part, List<String> names) {
        reader.noteSchemas(part, names);
    }

    @Override
    public void list(ObjectKind kind, ObjectSink sink) {
        var unused = reader.list(Catalogue.of(kind), sink);
    }

    @Override
    public Optional<String> ownQuota(ObjectKind kind) {
        return Tariff.charges("GET", Catalogue.of(kind).path()).stream()
                .map(Charge::lane)
                .filter(lane -> lane != Lane.READ)
                .map(Lane::name)
                .findFirst();
    }

    @Override
    public void expect(Collection<ObjectKind> kinds) {
        try {
            saved += reader.fetchAhead(kinds.stream().map(Catalogue::of).toList());
        } catch (GraphException e) {
            // What was not fetched ahead is asked for kind by kind, and each says for itself why it cannot be read.
            LOG.debugf("nothing fetched ahead reason=%s", e.reason());
        }
    }

    @Override
    public void expectChanges(Map<ObjectKind, String> links) {
        reader.fetchChangesAhead(links);
    }

    @Override
    public JsonObject singleton(ObjectKind kind) {
        return reader.fetchSingleton(Catalogue.of(kind));
    }

    @Override
    public void children(ObjectKind kind, Collection<ObjectId> parents, ChildSink sink) {
        reader.children(Catalogue.of(kind), parents, sink);
    }

    @Override
    public void childrenBeside(ObjectKind kind, ChildSink sink) {
        reader.childrenBeside(Catalogue.of(kind), sink);
    }

    @Override
    public Collection<ObjectId> parents(ObjectKind kind, Collection<ObjectId> of) {
        return reader.parents(Catalogue.of(kind), of);
    }

    @Override
    public void links(LinkKind kind, Shown shown) {
        LinksInPassing links = new LinksInPassing(kind, shown);
        reader.expandedLinks(kind, links);
        links.handOn();
    }

    @Override
    public Map<ObjectRef, JsonObject> findAll(Collection<ObjectRef> refs) {
        try {
            return reader.findAll(refs);
        } catch (GraphException e) {
            boolean fewer = false;
            for (ObjectKind kind : CaptureAccount.kindsOf(refs)) {
                fewer |= newer.giveUp(kind, e);
            }
            if (!fewer) {
                throw e;
            }
            return reader.findAll(refs);
        }
    }

    @Override
    public NewerSelection newer() {
        return newer;
    }

    @Override
    public Set<ObjectId> recycleBin(ObjectKind kind) {
        Set<ObjectId> binned = new HashSet<>();
        if (Catalogue.of(kind).recycleBin().isPresent()) {
            var unused = reader.listDeleted(
                    Catalogue.of(kind),
                    object -> object.findString("id").flatMap(ObjectId::find).ifPresent(binned::add));
        }
        return binned;
    }

    @Override
    public Set<ObjectRef> inRecycleBin(Collection<ObjectRef> refs) {
        Set<ObjectRef> found = new HashSet<>();
        if (refs.size() < MANY) {
            refs.forEach(ref -> reader.findDeleted(ref).ifPresent(there -> found.add(ref)));
            return found;
        }
        for (ObjectKind kind : ObjectKind.values()) {
            List<ObjectRef> ofKind =
                    refs.stream().filter(ref -> ref.kind() == kind).toList();
            if (!ofKind.isEmpty()) {
                Set<ObjectId> binned = recycleBin(kind);
                ofKind.stream().filter(ref -> binned.contains(ref.id())).forEach(found::add);
            }
        }
        return found;
    }

    @Override
    public Map<ObjectId, List<FoundLink>> linksFrom(LinkKind kind, Collection<ObjectId> sources) {
        Map<ObjectId, List<FoundLink>> found = new LinkedHashMap<>();
        sources.forEach(source -> found.put(source, new ArrayList<>()));
        reader.links(kind, sources, new Collecting(kind, found));
        return found;
    }

    @Override
    public OptionalLong count(ObjectKind kind) {
        try {
            return reader.count(Catalogue.of(kind));
        } catch (GraphException e) {
            // A count is a help, and nothing that has to be recorded.
            return OptionalLong.empty();
        }
    }

    @Override
    public List<FoundLink> linksTo(Collection<ObjectRef> targets) {
        return inbound.to(targets);
    }

    @Override
    public Set<String> granted() {
        try {
            return connection.grantedRoles();
        } catch (GraphException e) {
            // Whoever asks for something else hears why there is no token.
            return Set.of();
        }
    }

    @Override
    public long requests() {
        return sent() - before - saved;
    }

    /** Collects links by the object that they begin at. */
    private static final class Collecting implements LinkSink {

        private final LinkKind kind;
        private final Map<ObjectId, List<FoundLink>> found;

        Collecting(LinkKind kind, Map<ObjectId, List<FoundLink>> found) {
            this.kind = kind;
            this.found = found;
        }

        @Override
        public void accept(ObjectId source, LinkTarget target) {
            found.computeIfAbsent(source, unused -> new ArrayList<>()).add(link(kind, source, target));
        }

        @Override
        public void restarted(ObjectId source) {
            found.put(source, new ArrayList<>());
        }

        @Override
        public void missing(ObjectId source) {
            found.remove(source);
        }
    }

    static FoundLink link(LinkKind kind, ObjectId source, LinkTarget target) {
        return new FoundLink(
                new Link(kind, source, target.id()),
                target.type()
                        .or(() -> Catalogue.of(kind).target().map(ObjectKind::word))
                        .orElse("directoryObject"));
    }

    private long sent() {
        return connection.pacer().statistics().values().stream()
                .mapToLong(LaneStatistics::requests)
                .sum();
    }
}
