package io.tidemark.localstack;

import io.tidemark.simulator.quota.QuotaMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How a stack is started.
 *
 * @param home the project's root, where the packaged services are
 * @param data where logs, the broker's and the database's files go
 * @param portBase the console listens there and the services on the next four ports; 0: any free ports
 * @param size the made-up tenant's size
 * @param users another number of users; 0: as the size says
 * @param seed what the tenant is made of
 * @param quotas how strictly the simulator keeps Graph's quotas
 * @param fresh whether data of an earlier run is thrown away
 * @param settings further settings of the services, by property name; {@code <module>:<name>} is for one service
 */
public record StackOptions(
        Path home,
        Path data,
        int portBase,
        String size,
        int users,
        long seed,
        QuotaMode quotas,
        boolean fresh,
        Map<String, String> settings) {

    public static final int USUAL_PORT = 8080;

    private static final Set<String> LARGE = Set.of("large", "huge");
    private static final int MANY_USERS = 20_000;

    public StackOptions {
        settings = Map.copyOf(settings);
    }

    /** A fresh stack on free ports with the usual tenant under real quotas. */
    public static StackOptions in(Path home, Path data) {
        return new StackOptions(home, data, 0, "contoso-like", 0, 1, QuotaMode.REAL, true, Map.of());
    }

    public StackOptions withPortBase(int port) {
        return new StackOptions(home, data, port, size, users, seed, quotas, fresh, settings);
    }

    public StackOptions withSize(String name) {
        return new StackOptions(home, data, portBase, name, users, seed, quotas, fresh, settings);
    }

    public StackOptions withUsers(int count) {
        return new StackOptions(home, data, portBase, size, count, seed, quotas, fresh, settings);
    }

    public StackOptions withSeed(long number) {
        return new StackOptions(home, data, portBase, size, users, number, quotas, fresh, settings);
    }

    public StackOptions withQuotas(QuotaMode mode) {
        return new StackOptions(home, data, portBase, size, users, seed, mode, fresh, settings);
    }

    /** Whether the tenant is so large that captures take minutes. */
    public boolean isLarge() {
        return users == 0 ? LARGE.contains(size.toLowerCase(Locale.ROOT)) : users > MANY_USERS;
    }

    /** Keeps what an earlier run left in the data folder. */
    public StackOptions keepingData() {
        return new StackOptions(home, data, portBase, size, users, seed, quotas, false, settings);
    }

    public StackOptions withSetting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new StackOptions(home, data, portBase, size, users, seed, quotas, fresh, more);
    }
}
