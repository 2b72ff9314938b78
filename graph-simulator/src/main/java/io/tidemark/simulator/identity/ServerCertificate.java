package io.tidemark.simulator.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/** A self-signed certificate for this machine's own name, written in DER by hand because the JDK offers no public way. */
public final class ServerCertificate {

    /** The password of the trust store. */
    public static final String PASSWORD = "changeit";

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final byte[] SHA256_WITH_RSA = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 0x0b};
    private static final byte[] SHA256_WITH_ECDSA = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2};
    private static final String CURVE = "secp256r1";
    private static final byte[] COMMON_NAME = {0x55, 4, 3};
    private static final byte[] ALTERNATIVE_NAME = {0x55, 0x1d, 0x11};
    private static final byte[] BASIC_CONSTRAINTS = {0x55, 0x1d, 0x13};

    private final KeyPair pair;
    private final X509Certificate certificate;

    /** A certificate for a new key, valid from a day before this moment for ten years. */
    public ServerCertificate(Instant now) {
        this(newKey(), now);
    }

    /** A certificate for this key (RSA or EC), valid from a day before this moment for ten years. */
    public ServerCertificate(KeyPair pair, Instant now) {
        this.pair = pair;
        boolean rsa = pair.getPrivate() instanceof RSAPrivateKey;
        byte[] algorithm =
                rsa ? der(SEQUENCE, der(6, SHA256_WITH_RSA), der(5)) : der(SEQUENCE, der(6, SHA256_WITH_ECDSA));
        try {
            byte[] body = body(pair, algorithm, now);
            Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(body);
            byte[] whole = der(SEQUENCE, body, algorithm, bits(signature.sign()));
            certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate could not be made", e);
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this machine cannot make keys on the curve " + CURVE, e);
        }
    }

    /** The certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The private key as PEM. */
    public String keyPem() {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    /** The certificate as PEM. */
    public String certificatePem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("the certificate could not be written", e);
        }
    }

    private static String pem(String name, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + name + "-----\n" + lines + "\n-----END " + name + "-----\n";
    }

    /** Writes the certificate as a PKCS12 trust store. */
    public void writeTrustStore(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("simulator", certificate);
            store.store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the trust store could not be made", e);
        }
    }

    private static byte[] body(KeyPair pair, byte[] algorithm, Instant now) {
        byte[] name = der(
                SEQUENCE,
                der(SET, der(SEQUENCE, der(6, COMMON_NAME), der(0x0c, "localhost".getBytes(StandardCharsets.UTF_8)))));
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
        byte[] validity = der(
                SEQUENCE,
                der(0x18, time.format(now.minus(Duration.ofDays(1))).getBytes(StandardCharsets.US_ASCII)),
                der(0x18, time.format(now.plus(Duration.ofDays(3650))).getBytes(StandardCharsets.US_ASCII)));
        byte[] names = der(
                SEQUENCE, der(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)), der(0x87, new byte[] {127, 0, 0, 1
                }));
        byte[] extensions = der(
                0xa3,
                der(
                        SEQUENCE,
                        der(SEQUENCE, der(6, ALTERNATIVE_NAME), der(4, names)),
                        der(SEQUENCE, der(6, BASIC_CONSTRAINTS), der(4, der(SEQUENCE, der(1, new byte[] {-1}))))));
        return der(
                SEQUENCE,
                der(0xa0, der(2, new byte[] {2})),
                der(2, BigInteger.valueOf(now.toEpochMilli()).toByteArray()),
                algorithm,
                name,
                validity,
                name,
                pair.getPublic().getEncoded(),
                extensions);
    }

    private static byte[] bits(byte[] content) {
        return der(3, new byte[] {0}, content);
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length & 0xff);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
