/** Reads a tenant, in full, by its changes or object by object, and publishes what differs from what was published before. */
@NullMarked
package io.tidemark.snapshot.capture;

import org.jspecify.annotations.NullMarked;
