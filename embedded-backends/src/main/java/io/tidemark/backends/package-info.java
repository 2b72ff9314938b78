/** A real Kafka broker and a MongoDB-compatible server on loopback, without containers, for tests and for the local stack. */
@NullMarked
package io.tidemark.backends;

import org.jspecify.annotations.NullMarked;
