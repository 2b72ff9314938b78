package io.tidemark.directory.comparison;

import java.util.Arrays;
import java.util.List;

/** Spells property paths. */
final class PropertyPath {

    private PropertyPath() {}

    static String child(String parent, String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        return parent.isEmpty() ? escaped : parent + "/" + escaped;
    }

    static List<String> names(String path) {
        return Arrays.stream(path.split("/", -1)).map(PropertyPath::unescaped).toList();
    }

    static String unescaped(String name) {
        return name.replace("~1", "/").replace("~0", "~");
    }
}
