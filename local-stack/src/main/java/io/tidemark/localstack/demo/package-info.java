/** The demonstration: an incident on a made-up tenant, from the first capture to the last report. */
@NullMarked
package io.tidemark.localstack.demo;

import org.jspecify.annotations.NullMarked;
