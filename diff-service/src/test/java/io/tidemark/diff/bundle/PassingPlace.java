package io.tidemark.diff.bundle;

import java.nio.file.Path;
import java.util.List;

/** Passes everything on to another place. */
class PassingPlace implements BundlePlace {
    private final BundlePlace place;

    PassingPlace(BundlePlace place) {
        this.place = place;
    }

    @Override
    public void put(String name, Path file, String sha256) {
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
}
