/** Events out to Kafka and in from it: envelopes, acknowledgement, dead letters. */
@NullMarked
package io.tidemark.runtime.event;

import org.jspecify.annotations.NullMarked;
