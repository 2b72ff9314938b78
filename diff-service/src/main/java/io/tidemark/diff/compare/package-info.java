/** Says what differs between two moments, as items of a report. Pure: no clock, no I/O, no framework. */
@NullMarked
package io.tidemark.diff.compare;

import org.jspecify.annotations.NullMarked;
