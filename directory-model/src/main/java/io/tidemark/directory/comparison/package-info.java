/** Says what differs between two states. Pure: no clock, no I/O, no framework. */
@NullMarked
package io.tidemark.directory.comparison;

import org.jspecify.annotations.NullMarked;
