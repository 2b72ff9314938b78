package io.tidemark.graph.read;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.graph.pace.Lane;
import io.tidemark.graph.pace.Tariff;
import io.tidemark.graph.transport.Address;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where kinds, their objects and their links are. */
final class KindAddress {

    private static final int LARGEST_PAGE = 999;
    private static final String PARENT = "{parent}";

    private KindAddress() {}

    /** Whether a kind is read under a quota of one request a second, in which nothing else may wait. */
    static boolean isOneASecond(KindDescription kind) {
        return Tariff.charges("GET", kind.path()).stream().anyMatch(charge -> charge.lane() == Lane.CONDITIONAL_ACCESS);
    }

    /** The first page of a list, or a singleton. Only directory objects have pages that can be made larger. */
    static String list(KindDescription kind, String select) {
        String top = kind.reading() == KindDescription.Reading.DELTA ? "$top=" + LARGEST_PAGE : "";
        return with(kind.path(), top, kind.reach().query(), select);
    }

    /** One object of a kind that hangs on no other. */
    static String object(KindDescription kind, ObjectId id, String select) {
        String address =
                kind.reading() == KindDescription.Reading.SINGLETON ? kind.path() : Address.of(kind.path(), id.value());
        return with(address, kind.reach().itemQuery(), select);
    }

    /** What hangs on one object. */
    static String children(KindDescription kind, ObjectId parent) {
        return with(
                kind.path().replace(PARENT, Address.escape(parent.value())),
                kind.reach().query().replace(PARENT, Address.escape(parent.value())));
    }

    /** A list of the parents that shows what hangs on each beside it. */
    static String beside(KindDescription kind, KindDescription parent) {
        return parent.path() + "?$select=id&$expand=" + kind.reach().relation() + "&$top=" + LARGEST_PAGE;
    }

    /** A list of the only parents on which something can hang; of these few alone, if any are named. */
    static String parents(String list, Collection<ObjectId> few) {
        String among = few.stream()
                .map(id -> "'" + Address.escape(id.value()) + "'")
                .collect(Collectors.joining(",", " and id in (", ")&$select"));
        return (few.isEmpty() ? list : list.replace("&$select", among)).replace(" ", "%20");
    }

    /** The links of one object. */
    static String links(LinkKind kind, ObjectId source) {
        String path = Address.of(Catalogue.of(kind.source()).path(), source.value(), kind.relation());
        if (Catalogue.of(kind).target().isPresent()) {
            // Of lists that are no directory objects' no more is documented than that they have pages.
            return path;
        }
        return path + "?$select=id"
                + (kind.arity() == LinkKind.Arity.ONE || !isDirectory(kind.source()) ? "" : "&$top=" + LARGEST_PAGE);
    }

    /** A list that shows the links of each object beside it. */
    static String expanded(LinkKind kind) {
        return Catalogue.of(kind.source()).path() + "?$select=id&$expand=" + kind.relation() + "($select=id)&$top="
                + LARGEST_PAGE;
    }

    private static boolean isDirectory(ObjectKind kind) {
        return switch (kind) {
            case USER, GROUP, APPLICATION, SERVICE_PRINCIPAL, DEVICE, ADMINISTRATIVE_UNIT -> true;
            default -> false;
        };
    }

    private static String with(String address, String... queries) {
        String query = Stream.of(queries)
                .filter(text -> !text.isEmpty())
                .map(text -> text.replace(" ", "%20"))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? address : address + "?" + query;
    }
}
