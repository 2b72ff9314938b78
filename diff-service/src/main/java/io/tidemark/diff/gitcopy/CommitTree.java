package io.tidemark.diff.gitcopy;

import io.tidemark.diff.history.Version;
import io.tidemark.directory.StateKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** The tree of a new commit, made of the one before by keys that come in order; holds one small folder and one source's links at a time. */
final class CommitTree {

    private final ObjectReader reader;
    private final ObjectInserter inserter;
    private final TreeEdit root;
    private final ChangeNotes notes = new ChangeNotes();
    private @Nullable String type;
    private @Nullable TreeEdit types;
    private @Nullable Shard shard;
    private @Nullable TreeEdit files;
    private @Nullable StateKey source;
    private final Map<String, String> targets = new TreeMap<>();
    private final Map<String, String> targetsBefore = new HashMap<>();

    CommitTree(ObjectReader reader, ObjectInserter inserter, @Nullable ObjectId before) throws IOException {
        this.reader = reader;
        this.inserter = inserter;
        this.root = TreeEdit.read(FileMode.TREE, reader, before);
    }

    ChangeNotes notes() {
        return notes;
    }

    /** What a key is in the new commit; keys come in their order. */
    void put(StateKey key, @Nullable Version version) throws IOException {
        TreeEdit folder = folder(Shard.of(key));
        if (key.isLink()) {
            link(folder, key, version);
        } else {
            object(folder, key, version);
        }
    }

    private void object(TreeEdit folder, StateKey key, @Nullable Version version) throws IOException {
        String name = Shard.file(key.id());
        Optional<ObjectId> before = folder.find(name);
        if (version == null || !version.isPresent()) {
            if (before.isPresent()) {
                folder.remove(name);
                notes.deleted(key.type(), key.id());
            }
            return;
        }
        ObjectId now = inserter.insert(Constants.OBJ_BLOB, Canon.object(key.type(), version.properties()));
        if (before.isEmpty()) {
            notes.created(key.type(), key.id());
        } else if (!before.get().equals(now)) {
            notes.changed(key.type(), key.id());
        }
        folder.put(name, now);
    }

    private void link(TreeEdit folder, StateKey key, @Nullable Version version) throws IOException {
        String from = Shard.source(key);
        if (source == null || !Shard.source(source).equals(from)) {
            closeSource();
            source = key;
            Optional<ObjectId> before = folder.find(Shard.file(from));
            if (before.isPresent()) {
                targets.putAll(Canon.links(reader.open(before.get()).getBytes()));
                targetsBefore.putAll(targets);
            }
        }
        String target = key.id().substring(from.length() + 1);
        if (version != null && version.isPresent()) {
            targets.put(target, version.properties().findString("targetType").orElse(""));
        } else {
            targets.remove(target);
        }
    }

    private void closeSource() throws IOException {
        if (source != null && files != null) {
            String from = Shard.source(source);
            int added = (int) targets.keySet().stream()
                    .filter(target -> !targetsBefore.containsKey(target))
                    .count();
            int removed = (int) targetsBefore.keySet().stream()
                    .filter(target -> !targets.containsKey(target))
                    .count();
            if (targets.isEmpty()) {
                files.remove(Shard.file(from));
            } else {
                files.put(Shard.file(from), inserter.insert(Constants.OBJ_BLOB, Canon.links(targets)));
            }
            if (added + removed > 0) {
                notes.links(source.type(), from, added, removed);
            }
        }
        source = null;
        targets.clear();
        targetsBefore.clear();
    }

    private TreeEdit folder(Shard wanted) throws IOException {
        if (files == null || !wanted.equals(shard)) {
            closeShard();
            if (types == null || !wanted.type().equals(type)) {
                closeType();
                type = wanted.type();
                types = TreeEdit.read(
                        FileMode.TREE, reader, root.find(wanted.type()).orElse(null));
            }
            shard = wanted;
            files = TreeEdit.read(
                    FileMode.REGULAR_FILE, reader, types.find(wanted.letters()).orElse(null));
        }
        return files;
    }

    private void closeShard() throws IOException {
        closeSource();
        if (shard != null && files != null && types != null) {
            String name = shard.letters();
            Optional<ObjectId> written = files.write(inserter);
            if (written.isPresent()) {
                types.put(name, written.get());
            } else {
                types.remove(name);
            }
        }
        shard = null;
        files = null;
    }

    private void closeType() throws IOException {
        if (type != null && types != null) {
            Optional<ObjectId> written = types.write(inserter);
            if (written.isPresent()) {
                root.put(type, written.get());
            } else {
                root.remove(type);
            }
        }
        type = null;
        types = null;
    }

    /** Takes a type out of the new commit, if it is there; none of its keys may be put any more. */
    void leaveOut(String unwanted) throws IOException {
        closeShard();
        closeType();
        root.remove(unwanted);
    }

    ObjectId write() throws IOException {
        closeShard();
        closeType();
        return root.writeEvenEmpty(inserter);
    }
}
