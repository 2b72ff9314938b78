package io.tidemark.diff.change;

import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Related;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
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
                .flatMap(kind -> link(kind, change.object().id(), related.id()));
    }

    // What is no id of an object has no links: the event is filed under what it names.
    private static Optional<StateKey> link(LinkKind kind, String from, String to) {
        Optional<ObjectId> source = ObjectId.find(from).filter(Filing::isAlone);
        Optional<ObjectId> target = ObjectId.find(to).filter(Filing::isAlone);
        return source.isPresent() && target.isPresent()
                ? Optional.of(new Link(kind, source.get(), target.get()).key())
                : Optional.empty();
    }

    private static boolean isAlone(ObjectId id) {
        return id.parent().isEmpty();
    }

    /** The log speaks of one {@code member}, Graph of {@code members}. */
    private static boolean isRole(LinkKind kind, String role) {
        return kind.relation().equals(role) || kind.relation().equals(role + "s");
    }
}
