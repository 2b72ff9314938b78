/** What operators ask of the ingestion over HTTP. */
@NullMarked
package io.tidemark.audit.http;

import org.jspecify.annotations.NullMarked;
