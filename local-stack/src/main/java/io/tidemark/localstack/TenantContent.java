package io.tidemark.localstack;

import io.tidemark.simulator.intake.TenantImport;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import io.tidemark.simulator.tenant.TenantSeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is in the simulated tenant of a stack: something made up, or what somebody exported.
 *
 * @param size the made-up tenant's size
 * @param users another number of users; 0: as the size says
 * @param seed what the tenant, its id and its clients are made of
 * @param export a file or folder to read in place of a made-up tenant; null: none
 */
public record TenantContent(
        String size, int users, long seed, @Nullable Path export) {

    /** The made-up tenant of 5,000 users. */
    static final TenantContent USUAL = new TenantContent("contoso-like", 0, 1, null);

    private static final Set<String> LARGE = Set.of("large", "huge");
    private static final int MANY_USERS = 20_000;

    TenantContent withSize(String name) {
        return new TenantContent(name, users, seed, export);
    }

    TenantContent withUsers(int count) {
        return new TenantContent(size, count, seed, export);
    }

    TenantContent withSeed(long number) {
        return new TenantContent(size, users, number, export);
    }

    TenantContent withExport(Path from) {
        return new TenantContent(size, users, seed, from);
    }

    UUID tenantId() {
        return SampleTenants.tenantId(seed);
    }

    SampleClients clients() {
        return SampleClients.of(seed);
    }

    /** Whether the tenant is so large that captures take minutes. */
    boolean isLarge() {
        return users == 0 ? LARGE.contains(size.toLowerCase(Locale.ROOT)) : users > MANY_USERS;
    }

    /**
     * The tenant's objects, with the clients through which the services call.
     *
     * @param lines is told what of an export was read and what was left out
     * @throws StackException if there is no such export
     */
    TenantSeed objects(Consumer<String> lines) {
        if (export != null) {
            if (!Files.isReadable(export)) {
                throw new StackException("there is no export that can be read at " + export);
            }
            return clients().registeredIn(TenantImport.read(export, lines));
        }
        Map<String, String> shape = new HashMap<>();
        shape.put("tenantId", tenantId().toString());
        if (users > 0) {
            shape.put("users", Integer.toString(users));
        }
        return SampleTenants.of(size, seed, shape);
    }
}
