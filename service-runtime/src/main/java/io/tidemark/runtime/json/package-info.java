/** How HTTP bodies are read and written: by the same rules as messages. */
@NullMarked
package io.tidemark.runtime.json;

import org.jspecify.annotations.NullMarked;
