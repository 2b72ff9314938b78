package io.tidemark.diff.bundle;

import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.TaskException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** Bundles in a folder: files are written beside their place, forced to disk and then moved there in one step. */
public final class FolderPlace implements BundlePlace {

    private final Path root;

    public FolderPlace(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public void put(String name, Path file, String sha256) {
        Path place = place(name);
        Path parent = Objects.requireNonNull(place.getParent(), "a file below the root has a parent");
        String begun = "." + place.getFileName() + ".";
        try {
            Files.createDirectories(parent);
            // A name of its own, so that a worker that was thought dead cannot write into what another one writes.
            Path beside = parent.resolve(begun + UUID.randomUUID() + ".part");
            Files.copy(file, beside);
            force(beside, StandardOpenOption.WRITE);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(parent, StandardOpenOption.READ);
            sweep(parent, begun);
        } catch (IOException e) {
            throw new InterruptedTaskException("file " + name + " could not be written to the folder", e);
        }
    }

    /** What a killed worker began is no use any more; one that still writes will begin again. */
    private static void sweep(Path parent, String begun) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(parent, begun + "*.part")) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    @Override
    public boolean holds(String name, long bytes, String sha256) {
        Path place = place(name);
        try {
            return Files.isRegularFile(place)
                    && Files.size(place) == bytes
                    && Sha256.hex(place).equals(sha256);
        } catch (IOException e) {
            throw new InterruptedTaskException("file " + name + " could not be read from the folder", e);
        }
    }

    @Override
    public boolean fetch(String name, Path file) {
        Path place = place(name);
        if (!Files.isRegularFile(place)) {
            return false;
        }
        try {
            Files.copy(place, file, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            throw new InterruptedTaskException("file " + name + " could not be read from the folder", e);
        }
    }

    @Override
    public List<String> manifests(String folder) {
        Path below = place(folder);
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(below, 2)) {
            return found.filter(path -> path.getFileName().toString().equals(BundleManifest.FILE))
                    .map(path -> root.relativize(path).toString().replace('\\', '/'))
                    .toList();
        } catch (IOException e) {
            throw new InterruptedTaskException("folder could not be listed", e);
        }
    }

    private Path place(String name) {
        Path place = root.resolve(name).normalize();
        if (!place.startsWith(root)) {
            throw new TaskException("name of a file leads out of the folder");
        }
        return place;
    }
}
