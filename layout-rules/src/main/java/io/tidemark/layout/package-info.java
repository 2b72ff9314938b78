/** How code is laid out: the rules that more than one module keeps; and an ear for what is said in the log. */
@NullMarked
package io.tidemark.layout;

import org.jspecify.annotations.NullMarked;
