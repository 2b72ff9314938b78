/** Takes the audit log in and says what it tells of the directory. */
@NullMarked
package io.tidemark.audit;

import org.jspecify.annotations.NullMarked;
