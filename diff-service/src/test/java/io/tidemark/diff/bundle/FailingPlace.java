package io.tidemark.diff.bundle;

import io.tidemark.diff.work.InterruptedTaskException;
import java.nio.file.Path;

/** Fails at one write and then no more. */
final class FailingPlace extends PassingPlace {
    private final int failing;
    private int puts;
    private boolean failed;

    FailingPlace(BundlePlace place, int failing) {
        super(place);
        this.failing = failing;
    }

    @Override
    public void put(String name, Path file, String sha256) {
        if (puts == failing && !failed) {
            failed = true;
            throw new InterruptedTaskException("pulled the plug");
        }
        puts++;
        super.put(name, file, sha256);
    }

    int puts() {
        return puts;
    }
}
