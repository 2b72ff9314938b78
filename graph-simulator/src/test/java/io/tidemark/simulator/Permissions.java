package io.tidemark.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** Every permission that the simulator's permission map knows. */
public final class Permissions {

    private Permissions() {}

    /** Their names. */
    public static Set<String> all() {
        try (InputStream in = Permissions.class.getResourceAsStream("/io/tidemark/simulator/permissions.txt")) {
            // Two that the map knows for other roots only.
            Set<String> names =
                    new TreeSet<>(Set.of("DeviceLocalCredential.Read.All", "DeviceLocalCredential.ReadBasic.All"));
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] columns = line.split(" ");
                for (String column : new String[] {columns[2], columns[3]}) {
                    for (String name : column.substring(2).split("[,+]")) {
                        if (!name.isEmpty()) {
                            names.add(name);
                        }
                    }
                }
            }
            // The map has no route to local credentials of devices.
            names.add("DeviceLocalCredential.Read.All");
            // Nor to what opens properties.
            names.add("CustomSecAttributeAssignment.Read.All");
            names.add("User-LifeCycleInfo.ReadWrite.All");
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
