/** Where a plan's two inputs come from: what was, from history; what is, from Graph. Only reads. */
@NullMarked
package io.tidemark.restore.source;

import org.jspecify.annotations.NullMarked;
