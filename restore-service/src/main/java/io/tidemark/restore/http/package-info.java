/** Restores over HTTP. */
@NullMarked
package io.tidemark.restore.http;

import org.jspecify.annotations.NullMarked;
