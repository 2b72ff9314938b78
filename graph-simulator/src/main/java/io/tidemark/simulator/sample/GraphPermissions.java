package io.tidemark.simulator.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The permissions of Microsoft Graph under the ids that they have in every tenant.
 *
 * @param roles the ids of application permissions, by name
 * @param scopes the delegated permissions, by name
 */
record GraphPermissions(Map<String, String> roles, Map<String, Scope> scopes) {

    private static final String NONE = "-";

    /**
     * A delegated permission.
     *
     * @param consent who consents to it: {@code User} or {@code Admin}
     */
    record Scope(String id, String consent) {}

    /** Reads the table. */
    static GraphPermissions read() {
        Map<String, String> roles = new LinkedHashMap<>();
        Map<String, Scope> scopes = new LinkedHashMap<>();
        var stream = GraphPermissions.class.getResourceAsStream("graph-permissions.txt");
        if (stream == null) {
            throw new IllegalStateException("there is no table of Graph's permissions");
        }
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] columns = line.split(" ");
                if (line.startsWith("#")) {
                    continue;
                }
                if (!columns[1].equals(NONE)) {
                    roles.put(columns[0], columns[1]);
                }
                if (!columns[2].equals(NONE)) {
                    scopes.put(columns[0], new Scope(columns[2], columns[3]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the table of Graph's permissions is not readable", e);
        }
        return new GraphPermissions(roles, scopes);
    }
}
