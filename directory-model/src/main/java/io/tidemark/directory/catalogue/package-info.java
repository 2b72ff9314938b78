/** What is known of each kind and its properties: how to read it, what can be written, what is noise. The single source of truth. */
@NullMarked
package io.tidemark.directory.catalogue;

import org.jspecify.annotations.NullMarked;
