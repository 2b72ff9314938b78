package io.tidemark.diff.change;

import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Related;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.StateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Says under which keys an event is filed: one about a membership or ownership under the link, so that a group with a hundred thousand
 * changes of members does not become one document; every other under its object.
 */
final class Filing {

    private Filing() {}

    static List<StateKey> keys(ChangeRecorded change) {
        if (change.operation() == Operation.LINK || change.operation() == Operation.UNLINK) {
            List<StateKey> links = change.related().stream()
                    .flatMap(related -> link(change, related).stream())
                    .toList();
            if (!links.isEmpty()) {
                return links;
            }
        }
        return List.of(new StateKey(change.object().type(), change.object().id()));
    }

    private static Optional<StateKey> link(ChangeRecorded change, Related related) {
        return Arrays.stream(LinkKind.values())
                .filter(kind -> kind.arity() == LinkKind.Arity.MANY)
                .filter(kind -> kind.source().word().equals(change.object().type()))
                .filter(kind -> isRole(kind, related.role()))
                .findFirst()
                .map(kind -> Link.of(kind, change.object().id(), related.id()).key());
    }

    /** The log speaks of one {@code member}, Graph of {@code members}. */
    private static boolean isRole(LinkKind kind, String role) {
        return kind.relation().equals(role) || kind.relation().equals(role + "s");
    }
}
