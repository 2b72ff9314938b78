package io.tidemark.diff.bundle;

import io.tidemark.directory.TenantId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where a snapshot's bundle is kept: {@code <tenant>/<snapshot>/}. */
record BundleName(TenantId tenant, String snapshot) {

    String folder() {
        return tenant + "/" + word(snapshot) + "/";
    }

    String file(String name) {
        return folder() + name;
    }

    static String folder(TenantId tenant) {
        return tenant + "/";
    }

    /** A text as one part of a file's name. */
    static String word(String text) {
        String word = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A");
        return word.startsWith(".") ? "%2E" + word.substring(1) : word;
    }
}
