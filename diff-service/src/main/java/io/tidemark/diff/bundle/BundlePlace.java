package io.tidemark.diff.bundle;

import java.nio.file.Path;
import java.util.List;

/**
 * Where bundles are kept. A file is there whole or not at all.
 *
 * <p>Every method throws {@link io.tidemark.diff.work.InterruptedTaskException} if the place cannot be reached just now.
 */
public interface BundlePlace {

    /** Keeps a file under a name such as {@code <tenant>/<snapshot>/manifest.json}; one of that name is replaced. */
    void put(String name, Path file, String sha256);

    /** Whether a file of that name, size and digest is kept. */
    boolean holds(String name, long bytes, String sha256);

    /** Brings a file here; false if there is none of that name. */
    boolean fetch(String name, Path file);

    /** The names of all manifests below a folder, in no order. */
    List<String> manifests(String folder);
}
