package io.tidemark.diff.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Key files as {@code openssl} would write them. */
public record TestKeys(Path privateKey, Path publicKey, Path encryptionKey) {

    /** Those that {@link #in} made there before. */
    public static TestKeys of(Path folder) {
        return new TestKeys(
                folder.resolve("signing.pem"), folder.resolve("signing.pub"), folder.resolve("encryption.hex"));
    }

    public static TestKeys in(Path folder) {
        try {
            Files.createDirectories(folder);
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            return new TestKeys(
                    Files.writeString(
                            folder.resolve("signing.pem"),
                            pem("PRIVATE KEY", pair.getPrivate().getEncoded())),
                    Files.writeString(
                            folder.resolve("signing.pub"),
                            pem("PUBLIC KEY", pair.getPublic().getEncoded())),
                    Files.writeString(
                            folder.resolve("encryption.hex"), HexFormat.of().formatHex(key) + "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public SigningKeys signing() {
        return new SigningKeys(Optional.of("k1"), Optional.of(privateKey), Map.of("k1", publicKey));
    }

    public EncryptionKeys encryption() {
        return new EncryptionKeys(Map.of("e1", encryptionKey));
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }
}
