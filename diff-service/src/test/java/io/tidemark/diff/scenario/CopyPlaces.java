package io.tidemark.diff.scenario;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tidemark.diff.bundle.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Configures a folder of encrypted bundles and a folder of Git repositories, for a few tenants only. */
public final class CopyPlaces implements QuarkusTestResourceLifecycleManager {

    static final String TENANT = "6f1d3c52-5a5e-4b9e-9f0a-7c2d1e0b4a11";
    static final String OTHER_TENANT = "6f1d3c52-5a5e-4b9e-9f0a-7c2d1e0b4a22";
    static final String LARGE_TENANT = "6f1d3c52-5a5e-4b9e-9f0a-7c2d1e0b4a44";
    static final String REMARKED_TENANT = "6f1d3c52-5a5e-4b9e-9f0a-7c2d1e0b4a66";
    static final String CAPTURED_TENANT = "6f1d3c52-5a5e-4b9e-9f0a-7c2d1e0b4a77";
    static final String DOUBTED_TENANT = "6f1d3c52-5a5e-4b9e-9f0a-7c2d1e0b4a55";

    @Override
    public Map<String, String> start() {
        Path folder;
        try {
            folder = Files.createTempDirectory("tidemark-copies");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestKeys keys = TestKeys.in(folder.resolve("keys"));
        Map<String, String> settings = new HashMap<>();
        String prefix = "tidemark.copies.";
        settings.put(prefix + "signing-key", "k1");
        settings.put(prefix + "signing-key-file", keys.privateKey().toString());
        settings.put(prefix + "trusted-keys.k1", keys.publicKey().toString());
        settings.put(prefix + "encryption-keys.e1", keys.encryptionKey().toString());
        settings.put(prefix + "work-folder", folder.resolve("work").toString());
        settings.put(prefix + "targets.vault.kind", "folder");
        settings.put(prefix + "targets.vault.folder", folder.resolve("vault").toString());
        settings.put(prefix + "targets.vault.encryption-key", "e1");
        settings.put(prefix + "targets.vault.after-seal", "full");
        settings.put(
                prefix + "targets.vault.tenants",
                String.join(",", TENANT, OTHER_TENANT, LARGE_TENANT, CAPTURED_TENANT, DOUBTED_TENANT, REMARKED_TENANT));
        settings.put(prefix + "targets.review.kind", "git");
        settings.put(prefix + "targets.review.folder", folder.resolve("git").toString());
        settings.put(prefix + "targets.review.tenants", TENANT);
        settings.put("copy.places", folder.toString());
        return settings;
    }

    @Override
    public void stop() {}
}
