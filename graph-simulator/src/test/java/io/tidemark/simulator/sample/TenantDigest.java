package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.SeedSink;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Sums up what it is told of a tenant. */
final class TenantDigest implements SeedSink {
    private final MessageDigest digest;

    TenantDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void object(String collection, ObjectNode object) {
        add(collection + object);
    }

    @Override
    public void link(String collection, String sourceId, String relation, String targetId) {
        add(collection + sourceId + relation + targetId);
    }

    @Override
    public void appRegistration(ClientRegistration registration) {
        add(registration.clientId()
                + registration.secret()
                + registration.permissions().stream().sorted().toList());
    }

    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The sum of what was told so far. */
    String text() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
