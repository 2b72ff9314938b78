package io.tidemark.diff.gitcopy;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types that are not written to Git, where they could not be erased again. */
public final class LeftOut {

    /** What is about single people. */
    public static final String USUAL = "user,userRegistrationDetails,userCustomSecurityAttributes,userLifecycleInfo,"
            + "userExtensions,authenticationMethod";

    /** Alone in place of types: everything is written. */
    public static final String NOTHING = "none";

    private static final Set<String> KNOWN = Stream.concat(
                    Arrays.stream(ObjectKind.values()).map(ObjectKind::word),
                    Arrays.stream(LinkKind.values()).map(LinkKind::word))
            .collect(Collectors.toUnmodifiableSet());

    private LeftOut() {}

    /**
     * The types that a setting names.
     *
     * @throws IllegalArgumentException if it names something that is no type: a slip of the pen must not bring people into Git
     */
    public static Set<String> of(Set<String> setting) {
        if (setting.equals(Set.of(NOTHING))) {
            return Set.of();
        }
        Set<String> unknown = new TreeSet<>(setting);
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("names what is no type of object or link: " + String.join(", ", unknown)
                    + "; '" + NOTHING + "' alone leaves nothing out");
        }
        return Set.copyOf(setting);
    }

    /** A set of types as one line. */
    static String text(Set<String> types) {
        return types.isEmpty() ? NOTHING : String.join(",", new TreeSet<>(types));
    }

    /** Whether a commit that said this left a type out. One that said nothing is taken to have left out everything. */
    static boolean wasLeftOut(String said, String type) {
        return said.isEmpty() || Set.of(said.split(",")).contains(type);
    }
}
