/** Made-up tenants from a seed, in Graph's own shapes, and incidents that are played against them through Graph calls. */
@NullMarked
package io.tidemark.simulator.sample;

import org.jspecify.annotations.NullMarked;
