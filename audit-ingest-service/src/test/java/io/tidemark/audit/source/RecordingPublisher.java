package io.tidemark.audit.source;

import io.tidemark.audit.publish.AuditPublisher;
import io.tidemark.contracts.AuditRaw;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.OpsEvent;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was published, and can be out of order. */
final class RecordingPublisher implements AuditPublisher {

    final List<AuditRaw> entries = new ArrayList<>();
    final List<ChangeRecorded> changes = new ArrayList<>();
    final List<OpsEvent> operations = new ArrayList<>();
    boolean broken;
    int unheard;

    @Override
    public void publish(List<AuditRaw> moreEntries, List<ChangeRecorded> moreChanges) {
        if (broken) {
            broken = false;
            throw new IllegalStateException("the broker is out of order");
        }
        entries.addAll(moreEntries);
        changes.addAll(moreChanges);
    }

    @Override
    public void publish(OpsEvent event) {
        if (unheard > 0) {
            unheard--;
            throw new IllegalStateException("the broker is out of order");
        }
        operations.add(event);
    }

    List<String> ids() {
        return entries.stream().map(AuditRaw::auditId).toList();
    }
}
