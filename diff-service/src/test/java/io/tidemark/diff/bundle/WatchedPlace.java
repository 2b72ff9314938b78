package io.tidemark.diff.bundle;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Remembers the digests of all that was ever written under each name, and lets a test do something before a file is. */
final class WatchedPlace extends PassingPlace {
    private final Map<String, Set<String>> written;
    private final Consumer<String> before;

    WatchedPlace(BundlePlace place, Map<String, Set<String>> written, Consumer<String> before) {
        super(place);
        this.written = written;
        this.before = before;
    }

    @Override
    public void put(String name, Path file, String sha256) {
        before.accept(name);
        written.computeIfAbsent(name, any -> ConcurrentHashMap.newKeySet()).add(sha256);
        super.put(name, file, sha256);
    }
}
