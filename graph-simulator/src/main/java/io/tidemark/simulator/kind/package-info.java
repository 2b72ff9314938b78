/** What the tables say: kinds with their properties, relations and actions, and the published types that they name. */
@NullMarked
package io.tidemark.simulator.kind;

import org.jspecify.annotations.NullMarked;
