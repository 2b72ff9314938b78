/** Says what a restore must not touch and what needs a second person. Pure, and in doubt it says no. */
@NullMarked
package io.tidemark.restore.guard;

import org.jspecify.annotations.NullMarked;
