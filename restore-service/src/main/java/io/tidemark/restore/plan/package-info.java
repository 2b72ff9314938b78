/** Says which writes take a tenant from how it is to how it was. Pure: no clock, no I/O, no framework. */
@NullMarked
package io.tidemark.restore.plan;

import org.jspecify.annotations.NullMarked;
