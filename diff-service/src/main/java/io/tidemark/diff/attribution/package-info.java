/** Says who caused a difference, by joining it with events of the audit log. Pure: no clock, no I/O, no framework. */
@NullMarked
package io.tidemark.diff.attribution;

import org.jspecify.annotations.NullMarked;
