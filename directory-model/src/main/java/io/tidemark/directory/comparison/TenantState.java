package io.tidemark.directory.comparison;

import io.tidemark.directory.DirectoryObject;
import io.tidemark.directory.Link;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects and links of a tenant, or of a part of it, at one moment.
 *
 * @param objects the objects' properties in canonical form
 * @param links the links
 */
public record TenantState(Map<ObjectRef, JsonObject> objects, Set<Link> links) {

    public static final TenantState EMPTY = new TenantState(Map.of(), Set.of());

    public TenantState {
        objects = Map.copyOf(objects);
        links = Set.copyOf(links);
    }

    /** A state made of objects as read. */
    public static TenantState of(List<DirectoryObject> objects, Set<Link> links) {
        Map<ObjectRef, JsonObject> canonical = new HashMap<>();
        for (DirectoryObject object : objects) {
            canonical.put(object.ref(), Canonicaliser.canonical(object.ref().kind(), object.properties()));
        }
        return new TenantState(canonical, links);
    }

    /** The state that the changes lead to. */
    public TenantState apply(List<Change> changes) {
        Map<ObjectRef, JsonObject> changedObjects = new HashMap<>(objects);
        Set<Link> changedLinks = new HashSet<>(links);
        for (Change change : new ArrayList<>(changes)) {
            change.applyTo(changedObjects, changedLinks);
        }
        return new TenantState(changedObjects, changedLinks);
    }
}
