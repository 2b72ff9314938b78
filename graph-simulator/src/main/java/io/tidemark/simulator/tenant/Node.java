package io.tidemark.simulator.tenant;

import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Guid;
import io.tidemark.simulator.kind.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One object of the directory with its links. It keeps its identity through soft deletion and restore. */
public final class Node {

    /** Where an object is. */
    public enum State {
        /** In the directory. */
        LIVE,
        /** In the recycle bin. */
        DELETED,
        /** Gone for good. */
        PURGED
    }

    private static final Links[] NONE = {};
    private static final String INVERSE = "~";
    private static final Map<String, String> RELATIONS = new ConcurrentHashMap<>();
    private static final Map<String, String> INVERSES = new ConcurrentHashMap<>();

    private final Kind kind;
    private final long idHigh;
    private final long idLow;
    private final @Nullable String idText;
    private final long sequence;
    private volatile Entity entity;
    private volatile State state = State.LIVE;
    private Links[] links = NONE;

    Node(Kind kind, String id, long sequence, Entity entity) {
        this.kind = kind;
        Guid guid = Guid.usual(id);
        this.idHigh = guid == null ? 0 : guid.high();
        this.idLow = guid == null ? 0 : guid.low();
        this.idText = guid == null ? id : null;
        this.sequence = sequence;
        this.entity = entity;
    }

    /** Its kind. */
    public Kind kind() {
        return kind;
    }

    /** Its id. */
    public String id() {
        return idText == null ? new UUID(idHigh, idLow).toString() : idText;
    }

    boolean idIsGuid() {
        return idText == null;
    }

    long idHigh() {
        return idHigh;
    }

    long idLow() {
        return idLow;
    }

    /** When it came, counted over the whole tenant. */
    public long sequence() {
        return sequence;
    }

    /** Its present properties. */
    public Entity entity() {
        return entity;
    }

    /** Where it is. */
    public State state() {
        return state;
    }

    /** Whether it is in the directory. */
    public boolean live() {
        return state == State.LIVE;
    }

    void become(Entity next) {
        entity = next;
    }

    void move(State next) {
        state = next;
    }

    /** The objects that it points to. Call it inside a read or a write of the tenant. */
    public List<Node> targets(String relation) {
        Links found = find(relation);
        return found == null ? List.of() : found.copy();
    }

    /** The objects that point to it. Call it inside a read or a write of the tenant. */
    public List<Node> sources(String relation) {
        return targets(inverse(relation));
    }

    int targetCount(String relation) {
        Links found = find(relation);
        return found == null ? 0 : found.size();
    }

    /** Whether it points to the other one. Call it inside a read or a write of the tenant. */
    public boolean pointsTo(String relation, Node target) {
        Links forward = find(relation);
        Links back = target.find(inverse(relation));
        if (forward == null || back == null) {
            return false;
        }
        return forward.size() <= back.size() ? forward.contains(target) : back.contains(this);
    }

    public void link(String relation, Node target) {
        open(relation).add(target);
        target.open(inverse(relation)).add(this);
    }

    /** Points to the other one unless it does so already. */
    void linkOnce(String relation, Node target) {
        Links forward = open(relation);
        Links back = target.open(inverse(relation));
        boolean linked = forward.size() <= back.size() ? forward.contains(target) : back.contains(this);
        if (!linked) {
            forward.add(target);
            back.add(this);
        }
    }

    private static String inverse(String relation) {
        String known = INVERSES.get(relation);
        return known == null ? INVERSE.concat(relation) : known;
    }

    public boolean unlink(String relation, Node target) {
        Links forward = find(relation);
        if (forward == null || !forward.remove(target)) {
            return false;
        }
        Links back = target.find(inverse(relation));
        if (back != null) {
            back.remove(this);
        }
        return true;
    }

    /** The names of the relations with which it points to something. Call it inside a read or a write of the tenant. */
    public List<String> linkedBy() {
        return relations();
    }

    /** The names of the relations with which something points to it. Call it inside a read or a write of the tenant. */
    public List<String> pointedBy() {
        return inverseRelations();
    }

    /** The names of the relations with which it points to something. */
    List<String> relations() {
        return Arrays.stream(links)
                .filter(l -> l.size() > 0 && !l.relation().startsWith(INVERSE))
                .map(Links::relation)
                .toList();
    }

    /** The names of the relations with which something points to it. */
    List<String> inverseRelations() {
        return Arrays.stream(links)
                .filter(l -> l.size() > 0 && l.relation().startsWith(INVERSE))
                .map(l -> l.relation().substring(1))
                .toList();
    }

    /** One text for all that have it. */
    private static String kept(String relation) {
        String known = RELATIONS.get(relation);
        if (known == null) {
            known = relation;
            RELATIONS.put(known, known);
            if (!known.startsWith(INVERSE)) {
                INVERSES.put(known, INVERSE.concat(known));
            }
        }
        return known;
    }

    private @Nullable Links find(String relation) {
        for (Links candidate : links) {
            if (candidate.relation().equals(relation)) {
                return candidate;
            }
        }
        return null;
    }

    private Links open(String relation) {
        Links found = find(relation);
        if (found == null) {
            found = new Links(kept(relation));
            Links[] more = new Links[links.length + 1];
            System.arraycopy(links, 0, more, 0, links.length);
            more[links.length] = found;
            links = more;
        }
        return found;
    }
}
