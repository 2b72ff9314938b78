package io.tidemark.simulator.http;

import io.tidemark.simulator.tenant.GraphRefusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes and reads the opaque tokens of pages and deltas. They are signed, so nobody can make one up, and they age. */
final class Tokens {

    private static final int SIGNATURE = 12;

    /** Where a list goes on: after a sequence number, or at an offset. */
    record Page(long after, int offset, Instant issued) {}

    /**
     * Where changes go on.
     *
     * @param from the place up to which changes are known
     * @param until the place up to which this round goes
     * @param after the last object of an initial round that was told; -1 when the round tells changes
     * @param offset how many members of the next object, or how many changed objects, were told
     * @param minimal whether only changed properties are told
     * @param select the selected properties, comma-separated; empty: the usual ones
     * @param filter the filter; may be empty
     * @param issued when
     */
    record Delta(
            long from,
            long until,
            long after,
            int offset,
            boolean minimal,
            String select,
            String filter,
            Instant issued) {}

    private final Clock clock;
    private final SecretKeySpec key;
    private volatile Duration pageLife = Duration.ofMinutes(10);
    private volatile Duration deltaLife = Duration.ofDays(7);

    Tokens(Clock clock, long seed) {
        this.clock = clock;
        this.key = new SecretKeySpec(("tokens of " + seed).getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    void life(Duration pages, Duration deltas) {
        pageLife = pages;
        deltaLife = deltas;
    }

    String page(long after, int offset) {
        return write(out -> {
            out.writeByte('p');
            out.writeLong(clock.millis());
            out.writeLong(after);
            out.writeInt(offset);
        });
    }

    Page readPage(String token) {
        try (DataInputStream in = open(token, 'p')) {
            Instant issued = Instant.ofEpochMilli(in.readLong());
            if (issued.plus(pageLife).isBefore(clock.instant())) {
                throw expired();
            }
            return new Page(in.readLong(), in.readInt(), issued);
        } catch (IOException e) {
            throw expired();
        }
    }

    static GraphRefusal expired() {
        return new GraphRefusal(
                400,
                "Directory_ExpiredPageToken",
                "The specified page token value has expired and is no longer valid.");
    }

    String delta(Delta delta) {
        return write(out -> {
            out.writeByte('d');
            out.writeLong(delta.issued().toEpochMilli());
            out.writeLong(delta.from());
            out.writeLong(delta.until());
            out.writeLong(delta.after());
            out.writeInt(delta.offset());
            out.writeBoolean(delta.minimal());
            out.writeUTF(delta.select());
            out.writeUTF(delta.filter());
        });
    }

    Delta readDelta(String token) {
        try (DataInputStream in = open(token, 'd')) {
            Instant issued = Instant.ofEpochMilli(in.readLong());
            if (issued.plus(deltaLife).isBefore(clock.instant())) {
                throw notFound();
            }
            return new Delta(
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readInt(),
                    in.readBoolean(),
                    in.readUTF(),
                    in.readUTF(),
                    issued);
        } catch (IOException e) {
            throw notFound();
        }
    }

    private static GraphRefusal notFound() {
        return new GraphRefusal(
                400,
                "syncStateNotFound",
                "The sync state generation is not found. The delta token is expired and data must be synchronized again.");
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private String write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw GraphRefusal.badQuery("The query is too long.");
        }
        bytes.write(sign(bytes.toByteArray()), 0, SIGNATURE);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private DataInputStream open(String token, char type) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a token", e);
        }
        if (bytes.length <= SIGNATURE) {
            throw new IOException("not a token");
        }
        byte[] content = Arrays.copyOf(bytes, bytes.length - SIGNATURE);
        byte[] signature = Arrays.copyOfRange(bytes, content.length, bytes.length);
        boolean genuine = MessageDigest.isEqual(Arrays.copyOf(sign(content), SIGNATURE), signature);
        if (!genuine || content[0] != type) {
            throw new IOException("not a token of this simulator");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        in.readByte();
        return in;
    }

    private byte[] sign(byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this machine has no HmacSHA256", e);
        }
    }
}
