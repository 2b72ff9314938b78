/** Applications and what they may do: secrets, service principals, permissions that were granted, provisioning. */
@NullMarked
package io.tidemark.simulator.rules.application;

import org.jspecify.annotations.NullMarked;
