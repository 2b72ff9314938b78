/** Keeps snapshots as commits of a Git repository, in canonical form, so that the history of a configuration can be reviewed. */
@NullMarked
package io.tidemark.diff.gitcopy;

import org.jspecify.annotations.NullMarked;
