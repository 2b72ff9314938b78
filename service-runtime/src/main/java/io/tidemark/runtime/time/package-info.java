/** Where the services get the time from, and what they do again and again. */
@NullMarked
package io.tidemark.runtime.time;

import org.jspecify.annotations.NullMarked;
