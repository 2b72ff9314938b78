package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Folders for copies, of each sort as many as there are runs, with keys made for them. */
record SnapshotCopies(int runs, Map<String, String> settings) {

    /** The sorts of copies. */
    enum Sort {
        PLAIN("bundle, plain"),
        ENCRYPTED("bundle, encrypted"),
        GIT("Git, every type");

        private final String words;

        Sort(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static final int KEY_BYTES = 32;

    /** The names of the targets of one sort. */
    List<String> targets(Sort sort) {
        return IntStream.range(0, runs).mapToObj(run -> name(sort, run)).toList();
    }

    static SnapshotCopies in(Path folder, int runs) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        String prefix = "tidemark.copies.";
        KeyPair pair = pair();
        byte[] encryption = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(encryption);
        Path signing = pem(
                folder.resolve("signing.pem"), "PRIVATE KEY", pair.getPrivate().getEncoded());
        Path trusted = pem(
                folder.resolve("signing.pub"), "PUBLIC KEY", pair.getPublic().getEncoded());
        Path hex = Files.writeString(
                folder.resolve("encryption.hex"), HexFormat.of().formatHex(encryption));
        settings.put(prefix + "signing-key", "bench");
        settings.put(prefix + "signing-key-file", signing.toString());
        settings.put(prefix + "trusted-keys.bench", trusted.toString());
        settings.put(prefix + "encryption-keys.bench", hex.toString());
        settings.put(prefix + "work-folder", folder.resolve("work").toString());
        for (Sort sort : Sort.values()) {
            for (int run = 0; run < runs; run++) {
                String target = prefix + "targets." + name(sort, run) + ".";
                settings.put(target + "kind", sort == Sort.GIT ? "git" : "folder");
                settings.put(target + "folder", folder.resolve(name(sort, run)).toString());
                if (sort == Sort.ENCRYPTED) {
                    settings.put(target + "encryption-key", "bench");
                }
                if (sort == Sort.GIT) {
                    settings.put(target + "leave-out", "none");
                }
            }
        }
        return new SnapshotCopies(runs, Map.copyOf(settings));
    }

    private static String name(Sort sort, int run) {
        return sort.name().toLowerCase(java.util.Locale.ROOT) + run;
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 cannot be used", e);
        }
    }

    private static Path pem(Path file, String what, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
