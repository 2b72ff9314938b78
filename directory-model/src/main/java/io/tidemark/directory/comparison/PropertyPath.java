package io.tidemark.directory.comparison;

import java.util.Arrays;
import java.util.List;

/** Spells property paths. */
final class PropertyPath {

    private PropertyPath() {}

    static String of(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    static String child(String parent, String name) {
        return parent + "/" + of(name);
    }

    static List<String> names(String path) {
        return Arrays.stream(path.split("/", -1)).map(PropertyPath::unescaped).toList();
    }

    static String unescaped(String name) {
        return name.replace("~1", "/").replace("~0", "~");
    }
}
