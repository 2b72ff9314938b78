package io.tidemark.restore.plan;

import io.tidemark.contracts.Selection;
import io.tidemark.directory.LinkKind;
import java.util.List;

/** Which properties and relations of the selected objects are meant. */
record SelectionFilter(List<String> properties, List<String> links) {

    static SelectionFilter of(Selection selection) {
        return new SelectionFilter(selection.properties(), selection.links());
    }

    /** Whether whole objects are meant, so that a deleted one is brought back. */
    boolean wholeObjects() {
        return properties.isEmpty() && links.isEmpty();
    }

    boolean selectsProperty(String path) {
        if (properties.isEmpty()) {
            return links.isEmpty();
        }
        return properties.stream()
                .anyMatch(chosen ->
                        path.equals(chosen) || path.startsWith(chosen + "/") || chosen.startsWith(path + "/"));
    }

    boolean selectsLink(LinkKind kind) {
        if (links.isEmpty()) {
            return properties.isEmpty();
        }
        return links.contains(kind.relation()) || links.contains(kind.word());
    }
}
