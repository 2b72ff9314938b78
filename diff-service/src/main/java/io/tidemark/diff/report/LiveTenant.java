package io.tidemark.diff.report;

import io.tidemark.directory.TenantId;

/** The tenant as it is now. */
public interface LiveTenant {

    /**
     * Asks for a capture of what changed.
     *
     * @return the id of the capture and of the snapshot that it becomes
     * @throws ReportException if it cannot be had
     */
    String capture(TenantId tenant);
}
