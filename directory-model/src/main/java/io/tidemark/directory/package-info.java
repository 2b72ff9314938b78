/** What a tenant is made of: kinds, ids, objects, links and their keys. */
@NullMarked
package io.tidemark.directory;

import org.jspecify.annotations.NullMarked;
