package io.tidemark.audit.translate;

import java.util.List;

/** What an activity of the log means: which objects it changed, and how. */
sealed interface Activity
        permits ObjectActivity, PolicyActivity, LinkActivity, ManagerActivity, RoleActivity, UnknownActivity {

    /** The effects on the objects that it changed; empty if the entry does not name them as expected. */
    List<Effect> effects(LoggedEvent event);
}
