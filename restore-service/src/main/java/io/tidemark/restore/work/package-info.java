/** Takes restores that are due and carries each one on, one worker at a time, wherever an earlier one left it. */
@NullMarked
package io.tidemark.restore.work;

import org.jspecify.annotations.NullMarked;
