package io.tidemark.simulator.tenant;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes and removes links between objects. */
public final class LinkWriter {

    private final TenantWriter writer;

    LinkWriter(TenantWriter writer) {
        this.writer = writer;
    }

    /** Adds a link, or sets it if there can be only one. */
    public void add(Node node, Relation relation, String reference) {
        Node target = resolve(relation, BodyCheck.idOf(reference));
        checkNew(node, relation, List.of(target));
        put(node, relation, target);
    }

    /** Removes a link. */
    public void remove(Node node, Relation relation, String targetId) {
        Node target = null;
        for (String table : relation.targets()) {
            target = target == null ? writer.tenant().find(Kinds.all().get(table), targetId) : target;
        }
        if (target == null || !target.live() || !node.pointsTo(relation.via(), target)) {
            throw GraphRefusal.notFound(targetId);
        }
        writer.rules(node.kind()).beforeLink(writer, node, relation, target);
        if (relation.lastStays() && liveTargets(node, relation) == 1) {
            throw GraphRefusal.badRequest(
                    "The group must have at least one owner, hence this owner cannot be removed.");
        }
        drop(node, relation, target);
    }

    /** Removes the only link of a relation that has at most one. */
    public void clear(Node node, Relation relation) {
        List<Node> present = node.targets(relation.via());
        if (present.isEmpty() || !present.get(0).live()) {
            throw GraphRefusal.notFound(relation.name());
        }
        writer.rules(node.kind()).beforeLink(writer, node, relation, present.get(0));
        drop(node, relation, present.get(0));
    }

    private static long liveTargets(Node node, Relation relation) {
        return node.targets(relation.via()).stream().filter(Node::live).count();
    }

    Map<Relation, List<Node>> resolve(Map<Relation, List<String>> binds) {
        Map<Relation, List<Node>> resolved = new LinkedHashMap<>();
        binds.forEach((relation, ids) -> {
            List<Node> targets = new ArrayList<>();
            Set<String> seen = new LinkedHashSet<>();
            for (String id : ids) {
                if (!seen.add(id)) {
                    throw GraphRefusal.badRequest("Request contains a property with duplicate values.");
                }
                targets.add(resolve(relation, id));
            }
            resolved.put(relation, targets);
        });
        return resolved;
    }

    private Node resolve(Relation relation, String id) {
        for (String table : relation.targets()) {
            Kind kind = Kinds.all().get(table);
            Node target = writer.tenant().find(kind, id);
            for (String key : kind.alternateKeys()) {
                if (target == null && kind.type().equals("user")) {
                    target = writer.tenant().findBy(kind, key, id);
                }
            }
            if (target != null && target.live() && !writer.tenant().pasts().unseen(target)) {
                return target;
            }
        }
        Node other = writer.tenant().findAny(id);
        if (other != null && other.live() && !writer.tenant().pasts().unseen(other)) {
            throw GraphRefusal.badRequest("The reference target '" + id + "' of type '"
                    + titled(other.kind().type()) + "' is invalid for the '" + relation.name() + "' reference.");
        }
        throw GraphRefusal.notFound(id);
    }

    private static String titled(String type) {
        return Character.toUpperCase(type.charAt(0)) + type.substring(1);
    }

    void checkNew(Node node, Relation relation, List<Node> targets) {
        for (Node target : targets) {
            writer.rules(node.kind()).beforeLink(writer, node, relation, target);
            if (!relation.single() && node.pointsTo(relation.via(), target)) {
                throw GraphRefusal.badRequest(
                        "One or more added object references already exist for the following modified properties: '"
                                + relation.name() + "'.");
            }
        }
    }

    public void put(Node node, Relation relation, Node target) {
        writer.tenant().rememberLinks(node, relation.via());
        if (relation.single()) {
            List<Node> present = node.targets(relation.via());
            if (present.contains(target)) {
                writer.context().effects().add(Effect.link(Effect.Type.LINKED, node, relation.name(), target));
                return;
            }
            present.forEach(old -> {
                node.unlink(relation.via(), old);
                writer.journal(node, null, relation.name(), old, false);
            });
        }
        node.link(relation.via(), target);
        writer.journal(node, null, relation.name(), target, true);
        writer.context().effects().add(Effect.link(Effect.Type.LINKED, node, relation.name(), target));
        writer.rules(node.kind()).afterLink(writer, node, relation, target);
    }

    public void drop(Node node, Relation relation, Node target) {
        writer.tenant().rememberLinks(node, relation.via());
        node.unlink(relation.via(), target);
        writer.journal(node, null, relation.name(), target, false);
        writer.context().effects().add(Effect.link(Effect.Type.UNLINKED, node, relation.name(), target));
        writer.rules(node.kind()).afterLink(writer, node, relation, target);
    }

    /** Follows a computed membership: no rule, no audit. */
    void settle(Node node, String relation, Node target, boolean in) {
        if (in) {
            node.link(relation, target);
        } else {
            node.unlink(relation, target);
        }
        writer.journal(node, null, relation, target, in);
    }
}
