/** Reads the audit log without losing or repeating: poller, watermark, coverage, what was seen, and the Event Hubs shape. */
@NullMarked
package io.tidemark.audit.source;

import org.jspecify.annotations.NullMarked;
