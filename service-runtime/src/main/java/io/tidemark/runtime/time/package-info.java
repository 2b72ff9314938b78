/** Where the services get the time from. */
@NullMarked
package io.tidemark.runtime.time;

import org.jspecify.annotations.NullMarked;
