/** Change notifications for those who subscribed. */
@NullMarked
package io.tidemark.simulator.notification;

import org.jspecify.annotations.NullMarked;
