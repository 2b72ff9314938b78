/** Says what must be so for a selection of the tenant to be as it was at a moment. */
@NullMarked
package io.tidemark.diff.wanted;

import org.jspecify.annotations.NullMarked;
