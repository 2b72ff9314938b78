/** Reads the directory's audit log. */
@NullMarked
package io.tidemark.graph.audit;

import org.jspecify.annotations.NullMarked;
