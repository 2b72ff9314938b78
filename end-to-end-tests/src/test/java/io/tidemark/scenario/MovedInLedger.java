package io.tidemark.scenario;

import io.tidemark.simulator.tenant.Effect;
import io.tidemark.simulator.tenant.LedgerEntry;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the simulator's ledger of effects says of a time, in the words in which a snapshot marks what moved. */
final class MovedInLedger {

    private static final Map<String, String> KINDS = Map.of(
            "users", "user",
            "groups", "group",
            "applications", "application",
            "servicePrincipals", "servicePrincipal",
            "conditionalAccessPolicies", "conditionalAccessPolicy",
            "namedLocations", "namedLocation",
            "administrativeUnits", "administrativeUnit",
            "roleAssignments", "roleAssignment");

    /** Relations whose links the audit log names one by one. Others are told as changes of the object that they begin at. */
    private static final Set<String> NAMED = Set.of("members", "owners");

    private final List<LedgerEntry> entries;

    MovedInLedger(List<LedgerEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** The keys {@code type|id} of everything that changed in the time, both ends included. */
    Set<String> within(Instant from, Instant to) {
        Set<String> keys = new TreeSet<>();
        for (LedgerEntry entry : entries) {
            if (!entry.time().isBefore(from) && !entry.time().isAfter(to)) {
                key(entry).ifPresent(keys::add);
            }
        }
        return keys;
    }

    /** The ids of all objects that came, changed or went in the time: links at them come and go with them, which no log names. */
    Set<String> ids(Instant from, Instant to) {
        Set<String> ids = new HashSet<>();
        for (LedgerEntry entry : entries) {
            if (!entry.time().isBefore(from) && !entry.time().isAfter(to)) {
                ids.add(entry.objectId());
            }
        }
        return ids;
    }

    private static Optional<String> key(LedgerEntry entry) {
        String kind = KINDS.get(entry.collection());
        if (kind == null) {
            throw new IllegalStateException("the ledger tells of " + entry.collection() + ", which has no word here");
        }
        boolean link = entry.effect() == Effect.Type.LINKED || entry.effect() == Effect.Type.UNLINKED;
        if (link && NAMED.contains(entry.relation())) {
            return Optional.of(kind + "." + entry.relation() + "|" + entry.objectId() + "~" + entry.targetId());
        }
        return Optional.of(kind + "|" + entry.objectId());
    }
}
