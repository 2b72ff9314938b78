/** What an object holds: its properties packed into bytes, and JSON in and out. */
@NullMarked
package io.tidemark.simulator.entity;

import org.jspecify.annotations.NullMarked;
