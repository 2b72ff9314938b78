package io.tidemark.graph.read;

import io.tidemark.directory.ObjectId;
import io.tidemark.directory.catalogue.LinkDescription.Condition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the objects that alone can have something of their own, so that no others are asked for it. Each list is fetched once. */
final class Holders {

    /** More objects than these are looked for in the list of all that there are. */
    private static final int MOST_NAMED = 45;

    private static final int MOST_IN_FILTER = 15;

    private final Map<String, Set<ObjectId>> all = new ConcurrentHashMap<>();
    private final Map<Condition, Boolean> conditions = new ConcurrentHashMap<>();
    private final ChildReading.Lister lister;

    Holders(ChildReading.Lister lister) {
        this.lister = lister;
    }

    /** Those of the objects that are in the list. */
    Set<ObjectId> among(String list, Collection<ObjectId> of) {
        Set<ObjectId> able = new LinkedHashSet<>();
        if (of.size() > MOST_NAMED) {
            Set<ObjectId> listed = all.computeIfAbsent(list, url -> ids(KindAddress.parents(url, List.of())));
            of.stream().filter(listed::contains).forEach(able::add);
            return able;
        }
        List<ObjectId> asked = List.copyOf(of);
        for (int from = 0; from < asked.size(); from += MOST_IN_FILTER) {
            List<ObjectId> few = asked.subList(from, Math.min(asked.size(), from + MOST_IN_FILTER));
            able.addAll(ids(KindAddress.parents(list, few)));
        }
        return able;
    }

    /** Whether an object of a list has a value. */
    boolean isSo(Condition condition) {
        return conditions.computeIfAbsent(condition, asked -> {
            List<String> values = new ArrayList<>();
            Listing unused = lister.list(
                    asked.list(), object -> object.findString(asked.property()).ifPresent(values::add));
            return values.contains(asked.value());
        });
    }

    private Set<ObjectId> ids(String url) {
        Set<ObjectId> ids = new LinkedHashSet<>();
        Listing unused = lister.list(
                url, object -> object.findString("id").flatMap(ObjectId::find).ifPresent(ids::add));
        return ids;
    }
}
