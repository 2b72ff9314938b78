/** Restore commands from Kafka: read, hand on, nothing else. */
@NullMarked
package io.tidemark.restore.listen;

import org.jspecify.annotations.NullMarked;
