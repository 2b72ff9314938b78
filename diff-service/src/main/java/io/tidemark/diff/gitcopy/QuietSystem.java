package io.tidemark.diff.gitcopy;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** Keeps Git from reading or writing settings outside the repository: a service has no home, and its root may be read-only. */
final class QuietSystem extends SystemReader.Delegate {

    private static boolean installed;

    private QuietSystem(SystemReader system) {
        super(system);
    }

    static synchronized void install() {
        if (!installed) {
            SystemReader.setInstance(new QuietSystem(SystemReader.getInstance()));
            installed = true;
        }
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    /** Settings that are always empty. */
    private static final class NoConfig extends FileBasedConfig {
        NoConfig(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
