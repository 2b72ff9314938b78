/** What is measured and how: the local stack, its real quotas, figures as a table. */
@NullMarked
package io.tidemark.benchmarks;

import org.jspecify.annotations.NullMarked;
