/** Entries of the audit log into change events. Pure: no clock, no I/O, no framework. */
@NullMarked
package io.tidemark.audit.translate;

import org.jspecify.annotations.NullMarked;
