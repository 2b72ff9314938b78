package io.tidemark.audit.source;

import io.tidemark.directory.TenantId;

/** Another reader has taken the tenant over, so this one stops. Nothing is lost: what was read is read again. */
final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(TenantId tenant) {
        super("reading the audit log of tenant " + tenant + " was taken over by another reader");
    }
}
