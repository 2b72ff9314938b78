package io.tidemark.audit.translate;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Brings the spellings of an activity's name into one: dashes, blanks, case and final stops differ between sources and over time. */
final class ActivityKey {

    private static final Pattern DASHES = Pattern.compile("\\p{Pd}");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    private ActivityKey() {}

    static String of(String activity) {
        String plain = Normalizer.normalize(activity, Normalizer.Form.NFKC);
        plain = DASHES.matcher(plain).replaceAll("-");
        plain = BLANKS.matcher(plain).replaceAll(" ").trim();
        while (plain.endsWith(".")) {
            plain = plain.substring(0, plain.length() - 1).trim();
        }
        return plain.toLowerCase(Locale.ROOT);
    }
}
