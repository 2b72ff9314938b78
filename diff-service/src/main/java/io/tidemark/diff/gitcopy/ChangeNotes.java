package io.tidemark.diff.gitcopy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers what a commit changes, for its message: counts and ids by type, never a name or a value. */
final class ChangeNotes {

    private static final int MOST_IDS = 50;

    private final Map<String, Notes> byType = new TreeMap<>();

    void created(String type, String id) {
        notes(type).created++;
        notes(type).name("+ " + id);
    }

    void changed(String type, String id) {
        notes(type).changed++;
        notes(type).name("~ " + id);
    }

    void deleted(String type, String id) {
        notes(type).deleted++;
        notes(type).name("- " + id);
    }

    void links(String type, String source, int added, int removed) {
        Notes notes = notes(type);
        notes.isLink = true;
        notes.created += added;
        notes.deleted += removed;
        notes.name("~ " + source + " (+" + added + ", -" + removed + ")");
    }

    /** The paragraph of a message; one sentence if nothing changed. */
    String text() {
        if (byType.isEmpty()) {
            return "Nothing changed.\n";
        }
        StringBuilder text = new StringBuilder();
        byType.forEach((type, notes) -> notes.write(type, text));
        return text.toString();
    }

    long total() {
        return byType.values().stream()
                .mapToLong(notes -> notes.created + notes.changed + notes.deleted)
                .sum();
    }

    private Notes notes(String type) {
        return byType.computeIfAbsent(type, one -> new Notes());
    }

    /** What changes of one type. */
    private static final class Notes {
        private final List<String> ids = new ArrayList<>();
        private boolean isLink;
        private long created;
        private long changed;
        private long deleted;
        private long unnamed;

        void name(String id) {
            if (ids.size() < MOST_IDS) {
                ids.add(id);
            } else {
                unnamed++;
            }
        }

        void write(String type, StringBuilder text) {
            text.append(type).append(": ");
            text.append(
                    isLink
                            ? created + " added, " + deleted + " removed"
                            : created + " created, " + changed + " changed, " + deleted + " deleted");
            text.append('\n');
            ids.forEach(id -> text.append("  ").append(id).append('\n'));
            if (unnamed > 0) {
                text.append("  … and ").append(unnamed).append(" more\n");
            }
        }
    }
}
