package io.tidemark.diff.bundle;

import io.tidemark.diff.work.InterruptedTaskException;
import java.nio.file.Path;
import java.util.List;

/** Fails at one write and then no more. */
final class FailingPlace implements BundlePlace {
    private final BundlePlace place;
    private final int failing;
    private int puts;
    private boolean failed;

    FailingPlace(BundlePlace place, int failing) {
        this.place = place;
        this.failing = failing;
    }

    @Override
    public void put(String name, Path file, String sha256) {
        if (puts == failing && !failed) {
            failed = true;
            throw new InterruptedTaskException("pulled the plug");
        }
        puts++;
        place.put(name, file, sha256);
    }

    @Override
    public boolean holds(String name, long bytes, String sha256) {
        return place.holds(name, bytes, sha256);
    }

    @Override
    public boolean fetch(String name, Path file) {
        return place.fetch(name, file);
    }

    @Override
    public List<String> manifests(String folder) {
        return place.manifests(folder);
    }

    int puts() {
        return puts;
    }
}
