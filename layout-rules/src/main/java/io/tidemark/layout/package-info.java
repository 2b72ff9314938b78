/** How code is laid out: the rules that more than one module keeps. */
@NullMarked
package io.tidemark.layout;

import org.jspecify.annotations.NullMarked;
