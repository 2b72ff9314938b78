package io.tidemark.scenario;

import io.tidemark.simulator.sample.incident.IncidentSummary;
import io.tidemark.simulator.tenant.Effect;
import io.tidemark.simulator.tenant.LedgerEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The simulator's ledger of effects, held against what a restore had to do. */
final class Effects {

    private static final String NOTHING = "";

    private Effects() {}

    /** The effects on the wiped users and on the groups that they belong to, each as often as it occurred. */
    static List<String> onUsers(List<LedgerEntry> entries, Set<String> users) {
        List<String> effects = new ArrayList<>();
        for (LedgerEntry entry : entries) {
            String target = text(entry.targetId());
            if (users.contains(entry.objectId()) || users.contains(target)) {
                effects.add(effect(entry.effect(), entry.objectId(), text(entry.relation()), target));
            }
        }
        effects.sort(null);
        return effects;
    }

    /** What has to be done to the users, once each: one change of properties per user, one new link per link that is gone. */
    static List<String> wantedOnUsers(
            Set<Fact> truth, Set<String> users, ExportedTenant before, IncidentSummary incident) {
        Set<String> deletedGroups = incident.step("delete-group").objectIds();
        Set<String> wanted = new TreeSet<>();
        for (Fact fact : truth) {
            boolean own = users.contains(fact.id());
            if (fact.isLink()) {
                // Members of dynamic groups come back by their rule, those of a group in the recycle bin with the
                // group.
                boolean derived = before.isDynamic(fact.id()) || deletedGroups.contains(fact.id());
                if ((own || users.contains(fact.target())) && !derived) {
                    wanted.add(effect(Effect.Type.LINKED, fact.id(), fact.relation(), fact.target()));
                }
            } else if (own && !fact.isModified()) {
                wanted.add(effect(Effect.Type.UPDATED, fact.id(), NOTHING, NOTHING));
            }
        }
        // But not those who had been taken out of the group before it was deleted.
        incident.step("remove-memberships").effects().stream()
                .filter(effect -> deletedGroups.contains(text(effect.relatedId())))
                .forEach(effect ->
                        wanted.add(effect(Effect.Type.LINKED, text(effect.relatedId()), "members", effect.objectId())));
        return List.copyOf(wanted);
    }

    /** What happened more than once. The same properties written with other values are not the same. */
    static Map<String, Integer> repeated(List<LedgerEntry> entries) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (LedgerEntry entry : entries) {
            String body = entry.effect() == Effect.Type.UPDATED ? entry.bodyHash() : NOTHING;
            String effect =
                    effect(entry.effect(), entry.objectId(), text(entry.relation()), text(entry.targetId()) + body);
            counts.merge(effect, 1, Integer::sum);
        }
        counts.values().removeIf(count -> count == 1);
        return counts;
    }

    /** How many objects of a collection were created. */
    static long created(List<LedgerEntry> entries, String collection) {
        return entries.stream()
                .filter(entry -> entry.effect() == Effect.Type.CREATED
                        && entry.collection().equals(collection))
                .count();
    }

    private static String effect(Effect.Type type, String object, String relation, String target) {
        return String.join(" ", type.name(), object, relation, target).trim();
    }

    private static String text(@Nullable String value) {
        return value == null ? NOTHING : value;
    }
}
