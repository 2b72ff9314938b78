/** Works with a running stack as an operator does, through its HTTP interface. */
@NullMarked
package io.tidemark.localstack.operator;

import org.jspecify.annotations.NullMarked;
