/** What of a tenant is recorded, compared and can be put back, and why the rest is not. */
@NullMarked
package io.tidemark.directory.coverage;

import org.jspecify.annotations.NullMarked;
