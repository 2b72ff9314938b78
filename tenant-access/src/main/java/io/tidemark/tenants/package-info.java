/** Which tenants are protected, and how a service signs in to each. */
@NullMarked
package io.tidemark.tenants;

import org.jspecify.annotations.NullMarked;
