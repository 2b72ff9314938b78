package io.tidemark.directory.comparison;

import io.tidemark.directory.Link;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Compares two states of one tenant, object by object and link by link. */
public final class DirectoryDiffer {

    private DirectoryDiffer() {}

    /** What leads from one state to the other, in order of key. */
    public static List<Change> diff(TenantState before, TenantState after) {
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<ObjectRef, JsonObject> old : before.objects().entrySet()) {
            JsonObject now = after.objects().get(old.getKey());
            if (now == null) {
                changes.add(new Change.Deleted(old.getKey(), old.getValue()));
            } else if (!now.equals(old.getValue())) {
                changes.add(new Change.Altered(
                        old.getKey(), ObjectDiffer.diff(old.getKey().kind(), old.getValue(), now)));
            }
        }
        for (Map.Entry<ObjectRef, JsonObject> now : after.objects().entrySet()) {
            if (!before.objects().containsKey(now.getKey())) {
                changes.add(new Change.Created(now.getKey(), now.getValue()));
            }
        }
        for (Link old : before.links()) {
            if (!after.links().contains(old)) {
                changes.add(new Change.Unlinked(old));
            }
        }
        for (Link now : after.links()) {
            if (!before.links().contains(now)) {
                changes.add(new Change.Linked(now));
            }
        }
        changes.sort(Comparator.comparing(Change::key));
        return changes;
    }
}
