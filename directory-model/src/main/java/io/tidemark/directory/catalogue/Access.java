package io.tidemark.directory.catalogue;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What it takes to get at a kind.
 *
 * @param read permissions that are all needed to read it, each with those that do as well
 * @param write the least application permission to write it; empty if Graph takes no writes
 * @param optional why a tenant may not have the kind, or may not show it to us; empty if every tenant must
 */
public record Access(List<Permission> read, Optional<String> write, Optional<String> optional) {

    public Access {
        read = List.copyOf(read);
    }

    /**
     * An application permission, or one of those that include it.
     *
     * @param anyOf the least one first
     */
    public record Permission(List<String> anyOf) {

        public Permission {
            anyOf = List.copyOf(anyOf);
        }

        /** The one that permits least beside it. */
        public String least() {
            return anyOf.get(0);
        }
    }

    /** The least permissions that are missing before the kind can be read, if these are granted. */
    public List<String> missing(Collection<String> granted) {
        Set<String> have = Set.copyOf(granted);
        return read.stream()
                .filter(permission -> permission.anyOf().stream().noneMatch(have::contains))
                .map(Permission::least)
                .toList();
    }
}
