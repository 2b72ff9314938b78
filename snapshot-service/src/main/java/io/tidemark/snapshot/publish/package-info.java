/** How captured states and capture reports leave the service. */
@NullMarked
package io.tidemark.snapshot.publish;

import org.jspecify.annotations.NullMarked;
