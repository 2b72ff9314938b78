/** The single HTTP entry point: serves the operator's page and hands every other request to the service that answers it. */
@NullMarked
package io.tidemark.console;

import org.jspecify.annotations.NullMarked;
