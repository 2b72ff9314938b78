/** JSON values that keep what was sent: number text, explicit null, unknown properties. */
@NullMarked
package io.tidemark.directory.json;

import org.jspecify.annotations.NullMarked;
