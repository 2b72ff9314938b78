/** Users: creation, licences, invitations, sign-in methods. */
@NullMarked
package io.tidemark.simulator.rules.user;

import org.jspecify.annotations.NullMarked;
