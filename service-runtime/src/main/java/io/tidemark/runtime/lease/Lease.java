package io.tidemark.runtime.lease;

import java.time.Instant;

/**
 * The right to do a piece of work until a moment, unless renewed.
 *
 * @param name the work
 * @param owner who holds it
 * @param fence grows with every new holder; a write that carries an older fence must be refused
 * @param until when it ends
 */
public record Lease(String name, String owner, long fence, Instant until) {}
