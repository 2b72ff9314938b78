/** Says what moved while a capture read it. */
@NullMarked
package io.tidemark.diff.moved;

import org.jspecify.annotations.NullMarked;
