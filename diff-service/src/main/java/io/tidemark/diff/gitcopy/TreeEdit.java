package io.tidemark.diff.gitcopy;

import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** One folder of a commit, read from the commit before and changed: all its entries are files, or all are folders. */
final class TreeEdit {

    private final FileMode mode;
    private final Map<String, ObjectId> entries;

    private TreeEdit(FileMode mode) {
        this.mode = mode;
        // Git sorts folders as if their names ended with a slash.
        this.entries = new TreeMap<>(Comparator.comparing(name -> mode.equals(FileMode.TREE) ? name + "/" : name));
    }

    static TreeEdit read(FileMode mode, ObjectReader reader, @Nullable ObjectId tree) throws IOException {
        TreeEdit edit = new TreeEdit(mode);
        if (tree != null) {
            CanonicalTreeParser parser = new CanonicalTreeParser();
            parser.reset(reader, tree);
            while (!parser.eof()) {
                edit.entries.put(parser.getEntryPathString(), parser.getEntryObjectId());
                parser.next();
            }
        }
        return edit;
    }

    Optional<ObjectId> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    void put(String name, ObjectId id) {
        entries.put(name, id);
    }

    void remove(String name) {
        entries.remove(name);
    }

    /** Writes the folder; empty if nothing is left in it, for Git keeps no empty folders. */
    Optional<ObjectId> write(ObjectInserter inserter) throws IOException {
        return entries.isEmpty() ? Optional.empty() : Optional.of(writeEvenEmpty(inserter));
    }

    ObjectId writeEvenEmpty(ObjectInserter inserter) throws IOException {
        TreeFormatter formatter = new TreeFormatter();
        entries.forEach((name, id) -> formatter.append(name, mode, id));
        return inserter.insert(formatter);
    }
}
