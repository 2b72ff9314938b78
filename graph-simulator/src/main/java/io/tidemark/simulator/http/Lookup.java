package io.tidemark.simulator.http;

import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.rules.organization.DomainNames;
import io.tidemark.simulator.tenant.ComputedRelations;
import io.tidemark.simulator.tenant.EmbeddedRows;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Photo;
import io.tidemark.simulator.tenant.Rows;
import io.tidemark.simulator.tenant.Tenant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the objects that a route names. */
final class Lookup {

    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** An object and what is seen of it. */
    record Found(Node node, Entity entity) {}

    private final LateView view;

    Lookup(LateView view) {
        this.view = view;
    }

    /** The object that the route's key names. */
    Found item(Exchange exchange) {
        return item(exchange.tenant(), exchange.route());
    }

    /** The object under whose rows a route leads. */
    Node owner(Tenant tenant, Route rows) {
        return item(tenant, rows).node();
    }

    private Found item(Tenant tenant, Route route) {
        if (route.owner() != null) {
            Node node = reached(tenant, route.owner());
            return new Found(node, node.entity());
        }
        Kind kind = route.mustKind();
        if (kind.singleton()) {
            for (Node node : tenant.after(kind, 0)) {
                if (node.live()) {
                    return new Found(node, node.entity());
                }
            }
            throw GraphRefusal.notFound(kind.collection());
        }
        String key = route.mustKey();
        Node node = find(tenant, kind, key, route.keyProperty());
        Entity seen = node == null ? null : view.seen(tenant, node);
        if (node == null || seen == null) {
            if (kind.directoryObject()
                    && route.keyProperty() == null
                    && !kind.type().equals("user")) {
                identifier(key);
            }
            throw kind.service().equals("conditionalAccess")
                    ? new GraphRefusal(404, "NotFound", key + " does not exist in the directory.")
                    : GraphRefusal.notFound(key);
        }
        return new Found(node, seen);
    }

    static boolean guid(String text) {
        return GUID.matcher(text).matches();
    }

    /** Refuses what cannot be the id of a directory object. */
    static void identifier(String key) {
        if (!guid(key)) {
            throw GraphRefusal.badRequest("Invalid object identifier '" + key + "'.");
        }
    }

    /** The object that a route's relation and member key name. */
    Node reached(Tenant tenant, Route route) {
        Node found = reach(tenant, route);
        if (found == null) {
            throw missing(route);
        }
        return found;
    }

    /** The refusal of an end that is not there. */
    static GraphRefusal missing(Route route) {
        Relation relation = route.mustRelation();
        if (relation.targets().contains("profilePhotos")) {
            return Photo.missing();
        }
        String member = route.member();
        return GraphRefusal.notFound(member == null ? relation.name() : member);
    }

    /** The same; {@code null} if it is not there. */
    @Nullable
    Node reach(Tenant tenant, Route route) {
        Relation relation = route.mustRelation();
        String member = route.member();
        Found found = item(tenant, route);
        for (Node other : related(tenant, found.node(), relation, route.cast())) {
            boolean named = (member == null && relation.single())
                    || other.id().equalsIgnoreCase(String.valueOf(member))
                    || String.valueOf(member).equalsIgnoreCase(other.entity().text("id"))
                    || other.kind().alternateKeys().stream()
                            .anyMatch(k -> String.valueOf(member)
                                    .equalsIgnoreCase(other.entity().text(k)));
            if (named) {
                return other;
            }
        }
        return null;
    }

    static @Nullable Node find(Tenant tenant, Kind kind, String key, @Nullable String property) {
        if (property != null) {
            return tenant.findBy(kind, property, key);
        }
        Node node = Rows.find(tenant, kind, key);
        if (node == null && kind.type().equals("user") && key.contains("@")) {
            node = tenant.findBy(kind, "userPrincipalName", key);
        }
        return node;
    }

    /** The objects that the route's relation reaches. Inside a read or a write. */
    List<Node> related(Tenant tenant, Node node, Relation relation, @Nullable String cast) {
        List<Node> reached = switch (relation.form()) {
            case STORED -> view.targets(tenant, node, relation.via());
            case CHILDREN -> node.targets(relation.via());
            case INVERSE -> node.sources(relation.via());
            case TRANSITIVE -> closure(node, relation.via(), true);
            case TRANSITIVE_INVERSE -> closure(node, relation.via(), false);
            case ROWS -> tenant.allBy(Kinds.all().get(relation.targets().get(0)), relation.via(), node.id());
            case NAMED -> named(tenant, node, relation);
            case COMPUTED -> ComputedRelations.of(tenant, node, relation);
            case EMBEDDED -> EmbeddedRows.of(tenant, node, relation);
            case ALL -> all(tenant, relation);
            case DOMAIN -> DomainNames.references(tenant, node.id());
            case ROOT -> {
                Node root = DomainNames.root(tenant, node.id());
                yield root == null ? List.of() : List.of(root);
            }
        };
        List<Node> shown = new ArrayList<>(reached.size());
        for (Node other : reached) {
            boolean wanted = relation.targets().contains(other.kind().collection())
                    && (cast == null
                            || other.kind().type().toLowerCase(Locale.ROOT).equals(cast));
            if (wanted && other.live()) {
                shown.add(other);
            }
        }
        return shown;
    }

    private static List<Node> all(Tenant tenant, Relation relation) {
        List<Node> found = new ArrayList<>();
        relation.targets()
                .forEach(table -> found.addAll(tenant.after(Kinds.all().get(table), 0)));
        return found;
    }

    private static List<Node> named(Tenant tenant, Node node, Relation relation) {
        String named = node.entity().text(relation.via());
        String id = named == null ? null : named.substring(named.lastIndexOf('/') + 1);
        for (String table : relation.targets()) {
            Node found = id == null ? null : tenant.find(Kinds.all().get(table), id);
            if (found != null) {
                return List.of(found);
            }
        }
        return List.of();
    }

    private static List<Node> closure(Node start, String relation, boolean forward) {
        Set<Node> reached = new LinkedHashSet<>();
        Deque<Node> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            Node at = open.remove();
            for (Node next : forward ? at.targets(relation) : at.sources(relation)) {
                if (next.live() && next != start && reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return new ArrayList<>(reached);
    }

    /** What is seen of an object. */
    @Nullable
    Entity seen(Tenant tenant, Node node) {
        return view.seen(tenant, node);
    }
}
