/** Errors over HTTP as RFC 9457 problem details that name what was wrong and nothing personal. */
@NullMarked
package io.tidemark.runtime.problem;

import org.jspecify.annotations.NullMarked;
