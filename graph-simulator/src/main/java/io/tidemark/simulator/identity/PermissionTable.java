package io.tidemark.simulator.identity;

import io.tidemark.simulator.tenant.Caller;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which permissions open which route, from the public permission map. */
public final class PermissionTable {

    private static final PermissionTable V1 = new PermissionTable();

    private record Row(Set<String> application, Set<String> delegated) {}

    private final Map<String, Row> rows = new HashMap<>();

    private PermissionTable() {
        try (InputStream in = PermissionTable.class.getResourceAsStream("/io/tidemark/simulator/permissions.txt")) {
            if (in == null) {
                throw new IllegalStateException("no permission table");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] parts = line.split(" ");
                boolean reading = parts[0].equals("GET") || asks(parts[1]);
                rows.put(parts[0] + " " + parts[1], new Row(names(reading, parts[2]), names(reading, parts[3])));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The table of v1.0. */
    public static PermissionTable v1() {
        return V1;
    }

    /** Whether a POST to this template only asks. */
    private static boolean asks(String template) {
        String operation = template.substring(template.lastIndexOf('/') + 1);
        return operation.equals("getbyids")
                || operation.equals("getavailableextensionproperties")
                || operation.equals("validateproperties")
                || operation.startsWith("check")
                || operation.equals("getmembergroups")
                || operation.equals("getmemberobjects")
                || operation.equals("ismemberof");
    }

    private static Set<String> names(boolean reading, String column) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : column.substring(2).split(",")) {
            // For a write the map also lists what has to be held besides; reading alone never opens a write.
            boolean reads = name.contains(".Read.") || name.contains(".ReadBasic.");
            if (!name.isEmpty() && (reading || !reads)) {
                names.add(name.intern());
            }
        }
        return names;
    }

    /** Whether the caller may send this method to this path template; {@code null} if the table does not know the route. */
    public @Nullable Boolean allows(Caller caller, String method, String template) {
        Row row = rows.get(method + " " + template);
        if (row == null && template.endsWith("/$ref")) {
            row = rows.get(method + " " + template.substring(0, template.length() - 5));
        }
        if (row == null && template.endsWith("/$count")) {
            row = rows.get(method + " " + template.substring(0, template.length() - 7));
        }
        if (row == null && method.equals("POST") && template.endsWith("/$ref")) {
            // Some links are in the map only as they are removed; whoever may remove one may make one.
            row = rows.get("DELETE " + template.replace("/$ref", "/{id}"));
        }
        if (row == null) {
            return null;
        }
        Set<String> opening = caller.delegated() ? row.delegated() : row.application();
        if (opening.isEmpty()
                && !method.equals("GET")
                && !caller.delegated()
                && !row.delegated().isEmpty()) {
            // For users alone: no permission of an application opens it.
            return false;
        }
        return opening.isEmpty() ? null : opening.stream().anyMatch(name -> holds(caller, name));
    }

    /** Whoever may write something may read it. */
    private static boolean holds(Caller caller, String name) {
        return caller.permissions().contains(name)
                || caller.permissions().contains(name.replace(".Read.", ".ReadWrite."));
    }
}
