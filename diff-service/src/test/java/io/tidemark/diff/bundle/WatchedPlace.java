package io.tidemark.diff.bundle;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Remembers the digests of all that was ever written under each name, and lets a test do something before a file is. */
final class WatchedPlace implements BundlePlace {
    private final BundlePlace place;
    private final Map<String, Set<String>> written;
    private final Consumer<String> before;

    WatchedPlace(BundlePlace place, Map<String, Set<String>> written, Consumer<String> before) {
        this.place = place;
        this.written = written;
        this.before = before;
    }

    @Override
    public void put(String name, Path file, String sha256) {
        before.accept(name);
        written.computeIfAbsent(name, any -> ConcurrentHashMap.newKeySet()).add(sha256);
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
