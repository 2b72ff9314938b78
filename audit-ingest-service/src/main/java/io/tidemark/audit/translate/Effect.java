package io.tidemark.audit.translate;

import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.contracts.ChangeRecorded.Mapping;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Related;
import io.tidemark.contracts.ChangeRecorded.Target;
import java.util.List;

/** What an entry did to one object, before it is said who did it and when. */
record Effect(
        Operation operation,
        Target object,
        List<Related> related,
        List<LoggedProperty> properties,
        boolean truncated,
        Mapping mapping) {}
