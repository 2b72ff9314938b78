/** What Graph demands and does beyond its tables, a chapter for each part of the directory. */
@NullMarked
package io.tidemark.simulator.rules;

import org.jspecify.annotations.NullMarked;
