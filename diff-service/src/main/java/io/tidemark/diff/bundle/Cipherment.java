package io.tidemark.diff.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM, one message a file: nonce, ciphertext, tag; the file's name is additional data, so that files cannot change places.
 *
 * <p>The nonce is made of what is encrypted: the first 96 bits of HMAC-SHA-256, under a key derived from the encryption key, over the file's
 * full place and the digest of its content. A worker that takes over after a crash, or one that was thought dead and goes on, writes files that
 * others have written before. With the same content that gives the same nonce and so the same bytes: nothing new is said under that nonce, and
 * a file that replaces its twin is still the one that the manifest names. With any other content (another part size, a label that was changed
 * meanwhile, another build of the compression) the nonce is another one, but for a chance that for n files under one key stays below
 * n²/2^97: as small as with random nonces, of which it needs none. As tenant and snapshot are part of the place, equal parts of two bundles do
 * not show that they are equal.
 */
final class Cipherment {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String MAC = "HmacSHA256";
    private static final byte[] PURPOSE = "tidemark-bundle/1 nonce".getBytes(StandardCharsets.UTF_8);

    private Cipherment() {}

    /**
     * The whole message.
     *
     * @param place where the file goes, tenant and snapshot included
     * @param name its name as in the manifest
     */
    static byte[] encrypted(byte[] content, SecretKey key, String place, String name) throws IOException {
        try {
            byte[] nonce = nonce(content, key, place);
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, name);
            byte[] message = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(content.length));
            int length = cipher.doFinal(content, 0, content.length, message, NONCE);
            return Arrays.copyOf(message, NONCE + length);
        } catch (GeneralSecurityException e) {
            throw new IOException("file could not be encrypted", e);
        }
    }

    private static byte[] nonce(byte[] content, SecretKey key, String place) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(MAC);
        mac.init(new SecretKeySpec(key.getEncoded(), MAC));
        mac.init(new SecretKeySpec(mac.doFinal(PURPOSE), MAC));
        // A digest has a fixed length, so that no two pairs of digest and place are spelled alike.
        mac.update(Sha256.digest().digest(content));
        return Arrays.copyOf(mac.doFinal(place.getBytes(StandardCharsets.UTF_8)), NONCE);
    }

    /** The content of a whole message; a message that is not as it was written is an {@link IOException}. */
    static byte[] decrypted(byte[] message, SecretKey key, String name) throws IOException {
        if (message.length < NONCE) {
            throw new IOException("file is shorter than a nonce");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(message, NONCE), name)
                    .doFinal(message, NONCE, message.length - NONCE);
        } catch (GeneralSecurityException e) {
            throw new IOException("file could not be decrypted", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String name) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IOException("AES-256-GCM cannot be used", e);
        }
    }
}
