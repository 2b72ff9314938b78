package io.tidemark.audit.translate;

import io.tidemark.directory.TenantId;
import java.util.List;

/**
 * What the activities look at in an entry.
 *
 * @param tenant the tenant
 * @param activityKey the activity's name in one spelling
 * @param operationType the log's own word for what was done; empty if it has none
 * @param targets the objects that the entry names
 */
record LoggedEvent(TenantId tenant, String activityKey, String operationType, List<LoggedTarget> targets) {}
