package io.tidemark.simulator.kind;

import io.tidemark.simulator.kind.Schema.TypeRef;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The properties that the schema gives the objects of a kind.
 *
 * @param all those of its type, of the types that descend from it, and what is kept in place of links
 * @param own those of its type alone
 */
record DeclaredProperties(Map<String, TypeRef> all, Set<String> own) {

    static DeclaredProperties of(Schema schema, String type, List<String> derived, List<String> embedded) {
        Map<String, TypeRef> all = new LinkedHashMap<>(declared(schema, type));
        Set<String> own = new LinkedHashSet<>(all.keySet());
        derived.forEach(one -> declared(schema, one).forEach(all::putIfAbsent));
        embedded.forEach(name -> all.put(name, leads(schema, type, derived, name)));
        return new DeclaredProperties(all, own);
    }

    private static Map<String, TypeRef> declared(Schema schema, String type) {
        Map<String, TypeRef> declared = schema.properties(type);
        if (declared == null) {
            throw new IllegalStateException("the schema has no type " + type);
        }
        return declared;
    }

    /** Objects of a navigation property that are kept and shown as a value. */
    private static TypeRef leads(Schema schema, String type, List<String> derived, String name) {
        TypeRef leads = schema.navigation(type, name);
        for (String one : derived) {
            leads = leads == null ? schema.navigation(one, name) : leads;
        }
        if (leads == null) {
            throw new IllegalStateException("the schema has no navigation " + name + " of " + type);
        }
        return leads;
    }
}
