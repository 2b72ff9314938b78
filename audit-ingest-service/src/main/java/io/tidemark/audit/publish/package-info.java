/** Puts audit entries, change events and operational events on their topics. */
@NullMarked
package io.tidemark.audit.publish;

import org.jspecify.annotations.NullMarked;
