/** Starts everything on one machine, on loopback: broker, database, simulator, the services and the console. */
@NullMarked
package io.tidemark.localstack;

import org.jspecify.annotations.NullMarked;
