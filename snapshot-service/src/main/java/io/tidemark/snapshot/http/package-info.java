/** Captures over HTTP. */
@NullMarked
package io.tidemark.snapshot.http;

import org.jspecify.annotations.NullMarked;
