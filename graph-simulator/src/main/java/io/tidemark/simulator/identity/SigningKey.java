package io.tidemark.simulator.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The authority's key: signs tokens and checks them. It is made when it is needed first, for that takes as long as thousands of objects. */
public final class SigningKey {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int BITS = 2048;

    private @Nullable Material made;

    /** Makes the key unless that has been done. */
    public void prepare() {
        material();
    }

    private synchronized Material material() {
        if (made == null) {
            made = Material.generate();
        }
        return made;
    }

    private record Material(KeyPair pair, String id) {

        static Material generate() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(BITS);
                KeyPair pair = generator.generateKeyPair();
                byte[] digest = MessageDigest.getInstance("SHA-256")
                        .digest(pair.getPublic().getEncoded());
                return new Material(pair, ENCODER.encodeToString(Arrays.copyOf(digest, 20)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this machine cannot make RSA keys", e);
            }
        }
    }

    /** A signed token with these claims. */
    String sign(ObjectNode claims) {
        ObjectNode header = Json.object()
                .put("typ", "JWT")
                .put("alg", "RS256")
                .put("kid", material().id());
        String content = ENCODER.encodeToString(Json.bytes(header)) + "." + ENCODER.encodeToString(Json.bytes(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(material().pair().getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + ENCODER.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a token could not be signed", e);
        }
    }

    /** Whether this key signed the token. */
    boolean signed(String token) {
        int dot = token.lastIndexOf('.');
        if (dot < 0) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(material().pair().getPublic());
            signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The public half as a JSON Web Key Set. */
    ObjectNode keySet() {
        RSAPublicKey key = (RSAPublicKey) material().pair().getPublic();
        ObjectNode set = Json.object();
        set.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", material().id())
                .put("n", unsigned(key.getModulus()))
                .put("e", unsigned(key.getPublicExponent()));
        return set;
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int start = bytes[0] == 0 ? 1 : 0;
        return ENCODER.encodeToString(Arrays.copyOfRange(bytes, start, bytes.length));
    }
}
