/** How code is laid out: the rules that more than one module keeps; and for tests of several modules an ear for what is said in the log, and a clock. */
@NullMarked
package io.tidemark.layout;

import org.jspecify.annotations.NullMarked;
