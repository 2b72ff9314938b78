package io.tidemark.graph.read;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonNumber;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.transport.Address;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads one tenant's directory. Listings hold two pages in memory, whatever the size of the tenant: the next one is fetched while
 * one is worked on. Only pages that arrived whole are handed on. Safe for many threads.
 */
public final class DirectoryReader {

    private static final int LARGEST_PAGE = 999;
    private static final int MOST_RESTARTS = 3;
    private static final String DELETED_ITEMS = "directory/deletedItems";

    private final GraphConnection connection;
    private final Selection selection;
    private final BatchReading batches;
    private final ChildReading children;
    private final LinkListing links;
    private final Finding finding;
    private final Map<String, Ahead<DeltaPage>> changesAhead = new ConcurrentHashMap<>();
    private volatile FirstPages firstPages = new FirstPages();

    public DirectoryReader(GraphConnection connection) {
        this(connection, false);
    }

    private DirectoryReader(GraphConnection connection, boolean extended) {
        this.connection = connection;
        this.batches = new BatchReading(connection);
        this.selection = extended
                ? new Selection(() -> DirectoryExtensions.of(connection), this::askForSchemas)
                : new Selection(() -> DirectoryExtensions.NONE, () -> SchemaExtensions.NONE);
        Holders holders = new Holders(this::listUrl);
        this.children = new ChildReading(batches, this::listUrl, new StreamReading(connection, this::listUrl), holders);
        this.links = new LinkListing(connection, batches, this::listUrl, holders);
        this.finding = new Finding(connection, selection, batches, children, this::list);
    }

    /** A reader that also asks for the values of the tenant's extensions, where Graph tells which there are. */
    public static DirectoryReader withExtensions(GraphConnection connection) {
        return new DirectoryReader(connection, true);
    }

    /** The directory extensions that are asked for with objects of a kind; empty if Graph does not tell which there are. */
    public Optional<List<String>> extensions(ObjectKind kind) {
        if (!DirectoryExtensions.KINDS.contains(kind)) {
            return Optional.of(List.of());
        }
        DirectoryExtensions known = selection.extensions();
        return known.shown() ? Optional.of(known.of(kind)) : Optional.empty();
    }

    /** From now on these properties, which the catalogue does not know, are asked for wherever those of a kind are named. */
    public void alsoSelect(ObjectKind kind, List<String> names) {
        selection.alsoSelect(kind, names);
    }

    /** The schema extensions that a kind which holds extensions was listed with; empty if it was not, or holds none. */
    public Optional<List<String>> schemas(KindDescription kind) {
        return selection.asked(kind);
    }

    /** Until all of a kind are listed, single objects of it are asked for the values of these schema extensions. */
    public void noteSchemas(ObjectKind kind, List<String> names) {
        selection.noteSchemas(kind, names);
    }

    /**
     * Asks for one object of a kind, and for its changes, with these properties.
     *
     * @throws GraphException if Graph does not show them in lists, or gave no answer
     */
    public void tryOut(KindDescription kind, List<String> names) {
        List<String> all = new ArrayList<>(names);
        all.add(0, kind.reach().key());
        String select = "$select=" + String.join(",", all);
        JsonObject unused = connection.fetch(GraphRequest.once(kind.path() + "?$top=1&" + select));
        if (kind.reading() == KindDescription.Reading.DELTA) {
            JsonObject told =
                    connection.fetch(GraphRequest.once(deltaPath(kind) + "?" + select + "&$deltatoken=latest"));
        }
    }

    /** The properties that Graph declares for some types; empty if that is still what it was under the tag. */
    public Optional<DeclaredProperties> declared(List<String> types, String tag) {
        return DeclaredProperties.of(connection, types, tag);
    }

    /**
     * Lists all objects of a kind. A list is not a snapshot: what changes meanwhile may be missed or come twice.
     *
     * @throws GraphException if the list could not be read to its end; what the sink got is then only a part
     */
    public Listing list(KindDescription kind, ObjectSink sink) {
        if (kind.kind() == ObjectKind.SCHEMA_EXTENSION) {
            List<JsonObject> definitions = selection.schemas().definitions();
            definitions.forEach(shaped(kind, sink)::accept);
            return new Listing(definitions.size(), 0, 0);
        }
        if (kind.reach().extended()) {
            // Of all objects the values of all extensions are asked for, not of those alone that were once noted.
            SchemaExtensions unused = selection.schemas();
        }
        if (selection.isVain(kind)) {
            return new Listing(0, 0, 0);
        }
        Optional<Page> ahead = firstPages.take(kind.kind()).flatMap(Page::only);
        ObjectSink shaped = shaped(kind, withWhatIsShownApart(kind, sink));
        if (ahead.isPresent()) {
            ahead.get().objects().forEach(shaped::accept);
            return new Listing(ahead.get().objects().size(), 0, 0);
        }
        Listing listing = listUrl(KindAddress.list(kind, selection.query(kind)), shaped);
        if (kind.kind() == ObjectKind.USER) {
            connection.pacer().tenantHasUsers(listing.objects());
        }
        return listing;
    }

    /**
     * Lists a kind's recycle bin with all properties that the catalogue knows.
     *
     * @throws IllegalArgumentException if the kind has no recycle bin
     */
    public Listing listDeleted(KindDescription kind, ObjectSink sink) {
        String path = kind.recycleBin()
                .orElseThrow(() -> new IllegalArgumentException(kind.kind().word() + " has no recycle bin"));
        boolean large = kind.reading() == KindDescription.Reading.DELTA;
        String select = selection.queryOfKnown(kind);
        String query = large ? "?$top=" + LARGEST_PAGE + (select.isEmpty() ? "" : "&" + select) : "";
        return listUrl(path + query, shaped(kind, sink));
    }

    /**
     * Fetches one page of what changed. Without a link it begins with everything there is.
     *
     * @throws GraphException of reason {@code GONE} if the link has expired: begin again without one
     */
    public DeltaPage delta(KindDescription kind, Optional<DeltaLink> link) {
        String url = link.map(DeltaLink::url).orElseGet(() -> deltaPath(kind) + "?" + selection.deltaQuery(kind));
        @Nullable Ahead<DeltaPage> ahead = changesAhead.remove(url);
        DeltaPage page = ahead == null ? changes(kind, url) : ahead.result();
        if (kind.kind() == ObjectKind.USER) {
            connection.pacer().tenantHasUsers(page.items().size());
        }
        return page;
    }

    /** Begins to fetch the first pages of what changed, all at a time. Each is handed out by the next {@link #delta} with its link. */
    public void fetchChangesAhead(Map<ObjectKind, String> links) {
        links.forEach((kind, url) -> changesAhead.put(url, Ahead.fetch(() -> changes(Catalogue.of(kind), url))));
    }

    private DeltaPage changes(KindDescription kind, String url) {
        return connection.send(GraphRequest.get(url), response -> DeltaReading.page(kind, response));
    }

    /** A link from which a delta query tells what changes from now on, without telling what there is. */
    public DeltaLink deltaFromNow(KindDescription kind) {
        String url = deltaPath(kind) + "?" + selection.deltaQuery(kind) + "&$deltatoken=latest";
        return connection
                .send(GraphRequest.get(url), response -> DeltaReading.page(kind, response))
                .next();
    }

    /**
     * Fetches the first pages of lists and singletons, twenty in one request and all requests at a time. Each is handed out by the next {@link #list} or
     * {@link #fetchSingleton}; a kind that is neither shown nor refused is asked for alone there. What Conditional Access governs is left out: its
     * quota would hold up all others.
     *
     * @return how many requests were saved
     */
    public int fetchAhead(Collection<KindDescription> kinds) {
        Map<String, ObjectKind> byUrl = new LinkedHashMap<>();
        for (KindDescription kind : kinds) {
            if (!KindAddress.isOneASecond(kind)) {
                byUrl.put(KindAddress.list(kind, selection.query(kind)), kind.kind());
            }
        }
        FirstPages fetched = new FirstPages();
        int requests = batches.readOnce(
                byUrl.keySet(),
                (url, body) -> Optional.ofNullable(byUrl.get(url))
                        .filter(kind -> body.find("error").isEmpty())
                        .ifPresent(kind -> fetched.add(kind, body)),
                (url, why) -> Optional.ofNullable(byUrl.get(url)).ifPresent(kind -> fetched.refused(kind, why)));
        firstPages = fetched;
        return byUrl.size() - requests;
    }

    /**
     * Fetches a kind that is one object.
     *
     * @throws GraphException if it is not there or not shown
     */
    public JsonObject fetchSingleton(KindDescription kind) {
        JsonObject object = firstPages
                .take(kind.kind())
                .orElseGet(() -> connection.fetch(GraphRequest.get(KindAddress.list(kind, selection.query(kind)))));
        return Shape.asListed(kind.kind(), object);
    }

    /** Reads what hangs on each of these objects, twenty objects in one request. */
    public void children(KindDescription kind, Collection<ObjectId> parents, ChildSink sink) {
        children.read(kind, parents, sink);
    }

    /**
     * Reads what hangs on every object of a kind by a list of these objects that shows it beside them. The sink hears which objects were shown;
     * the others are to be asked for.
     */
    public void childrenBeside(KindDescription kind, ChildSink sink) {
        children.beside(kind, sink);
    }

    /** Those of the objects on which something of a kind can hang. */
    public Set<ObjectId> parents(KindDescription kind, Collection<ObjectId> of) {
        return children.parents(kind, of);
    }

    /** Reads the links of every object of a kind by lists that show them. Whoever has as many as such a list shows at most is asked alone. */
    public void expandedLinks(LinkKind kind, LinkSink sink) {
        links.beside(kind, sink);
    }

    /** Fetches one object; empty if it is not there. */
    public Optional<JsonObject> find(ObjectRef ref) {
        return finding.one(ref);
    }

    /** Fetches many objects, as cheaply as their kinds permit; what is not there is missing in the result. */
    public Map<ObjectRef, JsonObject> findAll(Collection<ObjectRef> refs) {
        return finding.all(refs);
    }

    /** Lists the links of one object; a missing object has none. */
    public void links(LinkKind kind, ObjectId source, LinkSink sink) {
        links.of(kind, source, sink);
    }

    /** As {@link #links(LinkKind, ObjectId, LinkSink)} for many objects, twenty in one request. Those that can have none are not asked. */
    public void links(LinkKind kind, Collection<ObjectId> sources, LinkSink sink) {
        links.of(kind, sources, sink);
    }

    /** How many objects of a directory kind Graph counts: not quite those of this moment, for counts lag behind. Empty if it does not say. */
    public OptionalLong count(KindDescription kind) {
        GraphRequest request = GraphRequest.get(kind.path() + "?$count=true&$top=1&$select=id")
                .withHeader("ConsistencyLevel", "eventual");
        return connection.fetch(request).find("@odata.count").orElse(JsonNull.NULL) instanceof JsonNumber count
                ? OptionalLong.of(count.value().longValue())
                : OptionalLong.empty();
    }

    /** Looks for one object in its recycle bin; empty if it is not there, or its kind has none. */
    public Optional<JsonObject> findDeleted(ObjectRef ref) {
        Optional<String> bin = Catalogue.of(ref.kind()).recycleBin();
        if (bin.isEmpty()) {
            return Optional.empty();
        }
        String path = bin.get().startsWith(DELETED_ITEMS) ? DELETED_ITEMS : bin.get();
        String url = Address.of(path, ref.id().value());
        return Absence.asEmpty(() -> Shape.asListed(ref.kind(), connection.fetch(GraphRequest.get(url))));
    }

    private Listing listUrl(String url, ObjectSink sink) {
        long requests = 0;
        for (int restarts = 0; ; restarts++) {
            long objects = 0;
            Trail trail = new Trail();
            try {
                requests++;
                Page page = page(url);
                while (true) {
                    Optional<Ahead<Page>> ahead =
                            page.nextLink().map(trail::follow).map(link -> Ahead.fetch(() -> page(link)));
                    handOn(page, sink, ahead);
                    objects += page.objects().size();
                    if (ahead.isEmpty()) {
                        return new Listing(objects, requests, restarts);
                    }
                    requests++;
                    page = ahead.get().result();
                }
            } catch (GraphException e) {
                if (e.reason() != GraphException.Reason.EXPIRED_PAGE || restarts >= MOST_RESTARTS) {
                    throw e;
                }
                sink.restarted();
            }
        }
    }

    private Page page(String url) {
        return connection.send(GraphRequest.get(url), Page::of);
    }

    private SchemaExtensions askForSchemas() {
        String list = KindAddress.list(Catalogue.of(ObjectKind.SCHEMA_EXTENSION), "");
        return SchemaExtensions.of(list, batches, this::listUrl);
    }

    private ObjectSink withWhatIsShownApart(KindDescription kind, ObjectSink sink) {
        Optional<String> apart = selection.apart(kind);
        if (apart.isEmpty()) {
            return sink;
        }
        Map<ObjectRef, JsonObject> values = new LinkedHashMap<>();
        Listing unused =
                listUrl(KindAddress.list(kind, apart.get()), object -> Finding.put(kind.kind(), object, values));
        return new ObjectSink() {
            @Override
            public void accept(JsonObject object) {
                sink.accept(finding.with(kind, object, values));
            }

            @Override
            public void restarted() {
                sink.restarted();
            }
        };
    }

    private static ObjectSink shaped(KindDescription kind, ObjectSink sink) {
        return new ObjectSink() {
            @Override
            public void accept(JsonObject object) {
                sink.accept(Shape.asListed(kind.kind(), object));
            }

            @Override
            public void restarted() {
                sink.restarted();
            }
        };
    }

    private static void handOn(Page page, ObjectSink sink, Optional<Ahead<Page>> ahead) {
        boolean taken = false;
        try {
            page.objects().forEach(sink::accept);
            taken = true;
        } finally {
            if (!taken) {
                ahead.ifPresent(Ahead::cancel);
            }
        }
    }

    private static String deltaPath(KindDescription kind) {
        if (kind.reading() != KindDescription.Reading.DELTA) {
            throw new IllegalArgumentException(
                    "Graph has no delta query for " + kind.kind().word());
        }
        return kind.path() + "/delta";
    }
}
