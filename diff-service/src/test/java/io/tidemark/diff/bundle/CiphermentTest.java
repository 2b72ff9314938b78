package io.tidemark.diff.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CiphermentTest {

    private static final String PLACE = "tenant/c1/states/user-00001.ndjson.gz.aes";
    private static final String NAME = "states/user-00001.ndjson.gz.aes";
    private static final int NONCE = 12;

    private final SecretKey key = key(1);

    @Test
    void theSameFileIsTheSameBytesWhoeverWritesIt() throws IOException {
        byte[] content = bytes("lines");

        assertThat(Cipherment.encrypted(content, key(1), PLACE, NAME))
                .isEqualTo(Cipherment.encrypted(content, key, PLACE, NAME));
    }

    @Test
    void noNonceServesTwoContentsPlacesOrKeys() throws IOException {
        Map<String, Set<String>> byNonce = new HashMap<>();
        Random random = new Random(7);
        int files = 0;
        for (int round = 0; round < 300; round++) {
            byte[] content = new byte[random.nextInt(200)];
            random.nextBytes(content);
            byte[] next = Arrays.copyOf(content, content.length + 1);
            for (byte[] one : new byte[][] {content, next}) {
                for (String place : new String[] {PLACE, PLACE.replace("c1", "c2")}) {
                    for (int number = 1; number < 3; number++) {
                        byte[] message = Cipherment.encrypted(one, key(number), place, NAME);
                        byNonce.computeIfAbsent(hex(message, 0, NONCE), any -> new HashSet<>())
                                .add(round + " " + one.length + " " + place + " " + number);
                        files++;
                    }
                }
            }
        }

        assertThat(byNonce.values()).allMatch(uses -> uses.size() == 1);
        assertThat(byNonce).hasSize(files);
    }

    @Test
    void whatIsEncryptedIsReadAgain() throws IOException {
        byte[] content = bytes("lines".repeat(50_000));

        byte[] message = Cipherment.encrypted(content, key, PLACE, NAME);

        assertThat(message).hasSize(content.length + NONCE + 16);
        assertThat(read(message, NAME)).isEqualTo(content);
    }

    @Test
    void anotherNameOrOneOtherBitIsRefused() throws IOException {
        byte[] message = Cipherment.encrypted(bytes("lines"), key, PLACE, NAME);

        assertThatThrownBy(() -> read(message, "states/user-00002.ndjson.gz.aes"))
                .isInstanceOf(IOException.class);
        for (int at = 0; at < message.length; at++) {
            byte[] altered = message.clone();
            altered[at] ^= 1;
            assertThatThrownBy(() -> read(altered, NAME)).isInstanceOf(IOException.class);
        }
    }

    private byte[] read(byte[] message, String name) throws IOException {
        return Cipherment.decrypted(message, key, name);
    }

    private static SecretKey key(int number) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) number);
        return new SecretKeySpec(bytes, "AES");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes, int from, int to) {
        return java.util.HexFormat.of().formatHex(bytes, from, to);
    }
}
