package io.tidemark.directory.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a kind's property table, one line per class of property. */
final class Table {

    private final Map<String, Property> properties = new LinkedHashMap<>();

    /** Adds properties of one class that share their traits; names are separated by blanks. */
    Table add(PropertyClass propertyClass, String names, Trait... traits) {
        for (String name : names.trim().split("\\s+")) {
            Property earlier = properties.put(name, Property.of(name, propertyClass, traits));
            if (earlier != null) {
                throw new IllegalStateException("property " + name + " is described twice");
            }
        }
        return this;
    }

    Map<String, Property> properties() {
        return properties;
    }

    /** Every described property, as a {@code $select} wants them. */
    List<String> select() {
        return new ArrayList<>(properties.keySet());
    }
}
