package io.tidemark.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Two folders for signed and encrypted bundles, with keys made for them: one that is kept well, and one that somebody gets at. */
record CopyPlaces(Path folder) {

    static final String VAULT = "vault";
    static final String ATTIC = "attic";

    private static final int KEY_BYTES = 32;

    /** Settings of the service that keeps copies there; what was in the folder is thrown away. */
    Map<String, String> settings() {
        String prefix = "diff-service:tidemark.copies.";
        Map<String, String> settings = new LinkedHashMap<>();
        try {
            empty();
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            settings.put(prefix + "signing-key", "scenario");
            settings.put(
                    prefix + "signing-key-file",
                    pem("signing.pem", "PRIVATE KEY", pair.getPrivate().getEncoded()));
            settings.put(
                    prefix + "trusted-keys.scenario",
                    pem("signing.pub", "PUBLIC KEY", pair.getPublic().getEncoded()));
            settings.put(
                    prefix + "encryption-keys.scenario",
                    text("encryption.hex", HexFormat.of().formatHex(key)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("keys could not be made", e);
        }
        for (String place : new String[] {VAULT, ATTIC}) {
            settings.put(prefix + "targets." + place + ".kind", "folder");
            settings.put(
                    prefix + "targets." + place + ".folder",
                    folder.resolve(place).toString());
            settings.put(prefix + "targets." + place + ".encryption-key", "scenario");
        }
        return settings;
    }

    /** Takes a bundle from the vault to the attic, where one byte of one file is turned round. */
    void alter(String bundle, String file) {
        try {
            Path from = folder.resolve(VAULT).resolve(bundle);
            Path to = folder.resolve(ATTIC).resolve(bundle);
            try (Stream<Path> files = Files.walk(from)) {
                for (Path one : files.filter(Files::isRegularFile).toList()) {
                    Path copy = to.resolve(from.relativize(one));
                    Files.createDirectories(copy.getParent());
                    byte[] content = Files.readAllBytes(one);
                    if (from.relativize(one).toString().equals(file)) {
                        content[content.length / 2] ^= 1;
                    }
                    Files.write(copy, content);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the bundle could not be copied", e);
        }
    }

    private void empty() throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
    }

    private String pem(String name, String what, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder().encodeToString(content);
        return text(name, "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
    }

    private String text(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }
}
