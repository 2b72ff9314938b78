package io.tidemark.graph.read;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** One object looks different in a list of its kind, in a mixed list, and asked for alone. Here it always looks as in the first. */
final class Shape {

    private static final String CONTEXT = "@odata.context";
    private static final String TYPE = "@odata.type";

    private Shape() {}

    /** The object without what only describes the answer it came in. A type that says more than the kind is kept. */
    static JsonObject asListed(ObjectKind kind, JsonObject object) {
        JsonObject plain = object.find(CONTEXT).isPresent() ? object.without(CONTEXT) : object;
        Optional<String> type = plain.findString(TYPE);
        List<String> names = Catalogue.of(kind).types().names();
        boolean saysNoMore =
                type.isPresent() && names.size() == 1 && type.get().equals("#microsoft.graph." + names.get(0));
        return saysNoMore ? plain.without(TYPE) : plain;
    }
}
