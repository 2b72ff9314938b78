/** Serves snapshots, history, reports and wanted states over HTTP. */
@NullMarked
package io.tidemark.diff.http;

import org.jspecify.annotations.NullMarked;
