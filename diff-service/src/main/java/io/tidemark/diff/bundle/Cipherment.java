package io.tidemark.diff.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM, one message a file: nonce, ciphertext, tag; the file's name is additional data, so that files cannot change places. */
final class Cipherment {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Cipherment() {}

    static OutputStream encrypting(OutputStream out, SecretKey key, String name) throws IOException {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        out.write(nonce);
        return new CipherOutputStream(out, cipher(Cipher.ENCRYPT_MODE, key, nonce, name));
    }

    static InputStream decrypting(InputStream in, SecretKey key, String name) throws IOException {
        return new CipherInputStream(in, cipher(Cipher.DECRYPT_MODE, key, in.readNBytes(NONCE), name));
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
