/** Takes in what people and messages ask for, once. */
@NullMarked
package io.tidemark.restore.intake;

import org.jspecify.annotations.NullMarked;
