/** Builds difference reports as leased work, keeps them and exports them. */
@NullMarked
package io.tidemark.diff.report;

import org.jspecify.annotations.NullMarked;
