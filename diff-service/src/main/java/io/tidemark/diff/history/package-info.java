/** Keeps every state of every object and link, and gives it back as of any instant. */
@NullMarked
package io.tidemark.diff.history;

import org.jspecify.annotations.NullMarked;
