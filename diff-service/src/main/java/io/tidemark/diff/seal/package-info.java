/** Accounts for what captures published and seals a snapshot once all of it is stored. */
@NullMarked
package io.tidemark.diff.seal;

import org.jspecify.annotations.NullMarked;
