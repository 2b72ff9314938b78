/** What the service remembers between captures: the last published hash of every key, delta links, and what is in doubt. */
@NullMarked
package io.tidemark.snapshot.cursor;

import org.jspecify.annotations.NullMarked;
