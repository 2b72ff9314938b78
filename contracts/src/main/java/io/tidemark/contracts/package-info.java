/** What the services say to each other: topics, message envelopes and one record per message. */
@NullMarked
package io.tidemark.contracts;

import org.jspecify.annotations.NullMarked;
