package io.tidemark.localstack;

import io.tidemark.simulator.sample.SampleClient;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Writes each service's settings to a file that only its owner can read: some of them are secrets. */
final class ServiceSettings {

    private final Map<String, String> shared;
    private final Map<String, String> special;
    private final String tenant;

    ServiceSettings(Map<String, String> shared, Map<String, String> special, String tenant) {
        this.shared = shared;
        this.special = special;
        this.tenant = tenant;
    }

    /** Writes the file of one service. */
    Path write(ServiceName service, int port, SampleClient identity, Path folder) {
        Map<String, String> settings = new TreeMap<>(shared);
        if (service == ServiceName.CONSOLE) {
            // It has no store, and warns of settings that it does not know.
            settings.keySet().removeIf(name -> name.startsWith("quarkus.mongodb."));
        }
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", Integer.toString(port));
        String graph = "tidemark.graph.tenants.\"" + tenant + "\".";
        settings.put(graph + "client-id", identity.clientId());
        settings.put(graph + "client-secret", identity.secret());
        special.forEach((name, value) -> {
            int colon = name.indexOf(':');
            if (colon < 0) {
                settings.put(name, value);
            } else if (name.substring(0, colon).equals(service.module())) {
                settings.put(name.substring(colon + 1), value);
            }
        });
        Path file = folder.resolve(service.module() + ".properties");
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Properties properties = new Properties();
            properties.putAll(settings);
            try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                properties.store(out, null);
            }
        } catch (IOException e) {
            throw new StackException("settings file " + file + " could not be written: " + e.getMessage(), e);
        }
        return file;
    }
}
