package io.tidemark.snapshot.publish;

import io.tidemark.contracts.BodyClaim;
import io.tidemark.directory.TenantId;
import java.util.Optional;

/** Keeps the bodies that are too large for a message, by the hash of their text, until nobody can ask for them any more. */
public interface LargeBodies {

    /** Keeps a body; keeping it again is harmless. */
    BodyClaim keep(TenantId tenant, byte[] json);

    /** The body's UTF-8 JSON text; empty if it was never kept. */
    Optional<byte[]> find(TenantId tenant, String sha256);
}
