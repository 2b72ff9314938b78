package io.tidemark.diff.bundle;

import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.TaskException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Ed25519 keys in PEM files, read anew each time so that they can be replaced while the service runs. */
public final class SigningKeys {

    private static final String ALGORITHM = "Ed25519";

    private final Optional<String> signer;
    private final Optional<Path> privateKey;
    private final Map<String, Path> trusted;

    /**
     * @param signer the id of the key that signs
     * @param privateKey its file
     * @param trusted files of the public keys whose signatures are believed, by key id
     */
    public SigningKeys(Optional<String> signer, Optional<Path> privateKey, Map<String, Path> trusted) {
        this.signer = signer;
        this.privateKey = privateKey;
        this.trusted = Map.copyOf(trusted);
    }

    String signer() {
        return signer.orElseThrow(() -> new TaskException("no signing key is configured"));
    }

    /** Tries every key, so that a wrong file is found before it is needed. */
    public void check() {
        if (privateKey.isPresent()) {
            byte[] unused = sign(new byte[0]);
        }
        trusted.keySet().forEach(id -> {
            PublicKey unused = publicKey(id);
        });
    }

    byte[] sign(byte[] text) {
        Path file = privateKey.orElseThrow(() -> new TaskException("no signing key is configured"));
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(pem(file, "PRIVATE KEY")));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new TaskException("file of signing key '" + signer.orElse("") + "' holds no Ed25519 private key", e);
        }
    }

    /** Whether a trusted key of that id made the signature. */
    void verify(String keyId, byte[] text, byte[] signed) {
        PublicKey key = publicKey(keyId);
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(text);
            if (!signature.verify(signed)) {
                throw new BundleException(BundleManifest.FILE + " is altered: its signature does not fit");
            }
        } catch (GeneralSecurityException e) {
            throw new BundleException(BundleManifest.SIGNATURE_FILE + " is no Ed25519 signature", e);
        }
    }

    private PublicKey publicKey(String keyId) {
        Path file = trusted.get(keyId);
        if (file == null) {
            throw new BundleException("bundle is signed with key '" + keyId + "', which is not trusted here");
        }
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(pem(file, "PUBLIC KEY")));
        } catch (GeneralSecurityException e) {
            throw new TaskException("file of trusted key '" + keyId + "' holds no Ed25519 public key", e);
        }
    }

    private static byte[] pem(Path file, String what) throws GeneralSecurityException {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new InterruptedTaskException("key file " + file.getFileName() + " cannot be read", e);
        }
        String begin = "-----BEGIN " + what + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + what + "-----");
        if (from < 0 || to < from) {
            throw new GeneralSecurityException("no " + what);
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("no " + what, e);
        }
    }
}
