package io.tidemark.localstack;

import io.tidemark.simulator.quota.QuotaMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a stack is started.
 *
 * @param home the project's root, where the packaged services are
 * @param data where logs, the broker's and the database's files go
 * @param portBase the console listens there and the services on the next four ports; 0: any free ports
 * @param content what is in the tenant
 * @param quotas how strictly the simulator keeps Graph's quotas
 * @param fresh whether data of an earlier run is thrown away
 * @param settings further settings of the services, by property name; {@code <module>:<name>} is for one service
 */
public record StackOptions(
        Path home,
        Path data,
        int portBase,
        TenantContent content,
        QuotaMode quotas,
        boolean fresh,
        Map<String, String> settings) {

    public static final int USUAL_PORT = 8080;

    public StackOptions {
        settings = Map.copyOf(settings);
    }

    /** A fresh stack on free ports with the usual tenant under real quotas. */
    public static StackOptions in(Path home, Path data) {
        return new StackOptions(home, data, 0, TenantContent.USUAL, QuotaMode.REAL, true, Map.of());
    }

    public StackOptions withPortBase(int port) {
        return new StackOptions(home, data, port, content, quotas, fresh, settings);
    }

    public StackOptions withSize(String name) {
        return withContent(content.withSize(name));
    }

    public StackOptions withUsers(int count) {
        return withContent(content.withUsers(count));
    }

    public StackOptions withSeed(long number) {
        return withContent(content.withSeed(number));
    }

    /** A tenant that somebody exported in place of a made-up one. */
    public StackOptions withExport(Path from) {
        return withContent(content.withExport(from));
    }

    private StackOptions withContent(TenantContent other) {
        return new StackOptions(home, data, portBase, other, quotas, fresh, settings);
    }

    public StackOptions withQuotas(QuotaMode mode) {
        return new StackOptions(home, data, portBase, content, mode, fresh, settings);
    }

    /** Keeps what an earlier run left in the data folder. */
    public StackOptions keepingData() {
        return new StackOptions(home, data, portBase, content, quotas, false, settings);
    }

    public StackOptions withSetting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new StackOptions(home, data, portBase, content, quotas, fresh, more);
    }
}
