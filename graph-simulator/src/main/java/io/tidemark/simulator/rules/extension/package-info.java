/** Properties that a tenant defines for itself: extensions and custom security attributes. */
@NullMarked
package io.tidemark.simulator.rules.extension;

import org.jspecify.annotations.NullMarked;
