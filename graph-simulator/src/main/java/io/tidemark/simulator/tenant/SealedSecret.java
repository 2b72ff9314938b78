package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A secret of which only a salted hash is known: enough to recognise it, too little to tell it.
 *
 * @param salt what was mixed in, in Base64
 * @param hash PBKDF2 with HMAC-SHA-256 of the secret, in Base64
 * @param rounds how often it was applied
 */
public record SealedSecret(String salt, String hash, int rounds) {

    /** Enough for secrets that people chose. */
    public static final int CHOSEN = 20_000;

    /** Enough for secrets made of thirty random bytes, which nobody can guess. */
    public static final int RANDOM = 1;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int MOST_ROUNDS = 1_000_000;
    private static final SecureRandom SALTS = new SecureRandom();

    public SealedSecret {
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException("a secret cannot have been hashed " + rounds + " times");
        }
    }

    /** Seals a secret. */
    public static SealedSecret of(String secret, int rounds) {
        byte[] salt = new byte[SALT_BYTES];
        SALTS.nextBytes(salt);
        return new SealedSecret(encoded(salt), encoded(hash(secret, salt, rounds)), rounds);
    }

    /** What {@link #toJson()} told. */
    public static SealedSecret of(JsonNode told) {
        return new SealedSecret(
                told.path("salt").asText(),
                told.path("hash").asText(),
                told.path("rounds").asInt());
    }

    /** Whether this is the secret. */
    boolean opens(String secret) {
        byte[] wanted = Base64.getDecoder().decode(hash);
        return MessageDigest.isEqual(wanted, hash(secret, Base64.getDecoder().decode(salt), rounds));
    }

    /** The three parts. */
    public ObjectNode toJson() {
        return Json.object().put("salt", salt).put("hash", hash).put("rounds", rounds);
    }

    private static byte[] hash(String secret, byte[] salt, int rounds) {
        if (secret.isEmpty() || salt.length == 0) {
            return new byte[0];
        }
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(secret.toCharArray(), salt, rounds, HASH_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this machine cannot hash secrets", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "SealedSecret[rounds=" + rounds + "]";
    }
}
