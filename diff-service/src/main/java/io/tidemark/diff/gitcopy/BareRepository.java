package io.tidemark.diff.gitcopy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A bare repository in a folder of its own. Whatever is missing of it is made each time that it is opened, each part in one step, so that it
 * makes no difference where an earlier attempt was killed; what is there, commits above all, stays.
 */
final class BareRepository {

    private static final String CONFIG = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n";
    private static final List<String> FOLDERS = List.of("objects/info", "objects/pack", "refs/heads", "refs/tags");
    private static final String OBJECTS = "objects";
    private static final String PACKS = "objects/pack";

    /** Nobody works on one pack for so long. */
    private static final Duration LONGEST_WORK = Duration.ofHours(6);

    /** What is locked is locked for milliseconds. */
    private static final Duration LONGEST_LOCK = Duration.ofMinutes(5);

    private BareRepository() {}

    static Repository open(Path directory, String branch) throws IOException {
        for (String folder : FOLDERS) {
            Files.createDirectories(directory.resolve(folder));
        }
        clean(directory);
        if (content(directory.resolve(Constants.CONFIG)).isBlank()) {
            write(directory, Constants.CONFIG, CONFIG);
        }
        String head = "ref: " + Constants.R_HEADS + branch + "\n";
        if (!content(directory.resolve(Constants.HEAD)).equals(head)) {
            write(directory, Constants.HEAD, head);
        }
        return new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build();
    }

    /** Takes away a lock whose writer is gone, and says whether it did. */
    static boolean takeAway(Path directory, String lock) throws IOException {
        return !forsaken(directory, List.of(directory.resolve(lock)), LONGEST_LOCK)
                .isEmpty();
    }

    private static String content(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static void write(Path directory, String name, String content) throws IOException {
        Path written = Files.writeString(directory.resolve(name + ".new"), content);
        Files.move(
                written, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A writer that was killed leaves packs that it had not finished, and locks: they say nothing, and the packs may be large. */
    private static void clean(Path directory) throws IOException {
        List<Path> unfinished = new ArrayList<>(found(directory.resolve(OBJECTS), "insert_*"));
        unfinished.addAll(found(directory.resolve(PACKS), "gc_*"));
        for (Path pack : found(directory.resolve(PACKS), "pack-*.pack")) {
            String name = String.valueOf(pack.getFileName());
            if (Files.notExists(pack.resolveSibling(name.replace(".pack", ".idx")))) {
                unfinished.add(pack);
            }
        }
        List<Path> unusedPacks = forsaken(directory, unfinished, LONGEST_WORK);
        List<Path> unusedLocks = forsaken(directory, found(directory, "*.lock"), LONGEST_LOCK);
    }

    private static List<Path> found(Path folder, String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
            files.forEach(found::add);
        }
        return found;
    }

    // Ages are measured by the clock of the disk, which made them.
    private static List<Path> forsaken(Path directory, List<Path> files, Duration age) throws IOException {
        List<Path> gone = new ArrayList<>();
        if (files.stream().noneMatch(Files::exists)) {
            return gone;
        }
        Path now = Files.createTempFile(directory, "now", ".tmp");
        try {
            for (Path file : files) {
                if (Files.exists(file)
                        && Duration.between(
                                                Files.getLastModifiedTime(file).toInstant(),
                                                Files.getLastModifiedTime(now).toInstant())
                                        .compareTo(age)
                                > 0
                        && Files.deleteIfExists(file)) {
                    gone.add(file);
                }
            }
            return gone;
        } finally {
            Files.deleteIfExists(now);
        }
    }
}
