package io.tidemark.diff.seal;

import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.SetDigest;
import java.util.List;
import java.util.Map;

/** Where captures' accounts are kept. A record enters an account once, however often it is delivered. */
public interface AccountStore {

    /** Adds stored states of one partition, in the order of their offsets. */
    void add(TenantId tenant, String captureId, int partition, List<Account.Entry> entries);

    /** Count and digest of all that was stored of a capture, by type. */
    Map<String, SetDigest> total(TenantId tenant, String captureId);
}
