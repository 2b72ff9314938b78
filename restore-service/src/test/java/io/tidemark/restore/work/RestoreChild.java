package io.tidemark.restore.work;

import io.tidemark.directory.TenantId;
import io.tidemark.restore.RecordedHistory;
import io.tidemark.restore.Recording;
import io.tidemark.restore.SimulatedTenant;
import io.tidemark.restore.journal.Failpoint;
import io.tidemark.restore.journal.HaltingFailpoint;
import io.tidemark.tenants.TenantConnections;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A worker in a process of its own, to be killed. */
final class RestoreChild {

    private RestoreChild() {}

    static Process start(SimulatedTenant tenant, String database, String commandId, String failpoints)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-D" + HaltingFailpoint.PROPERTY + "=" + failpoints,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RestoreChild.class.getName(),
                        tenant.simulator().graphUrl().toString(),
                        tenant.id().toString(),
                        database,
                        commandId)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] arguments) {
        TenantId tenant = TenantId.parse(arguments[1]);
        TenantConnections connections =
                new TenantConnections(SimulatedTenant.config(URI.create(arguments[0]), tenant), Clock.systemUTC());
        Recording nothing = new Recording(Instant.EPOCH, List.of(), Set.of(), Map.of());
        Failpoint failpoint = HaltingFailpoint.parse(System.getProperty(HaltingFailpoint.PROPERTY, ""));
        try (Workbench bench = new Workbench(connections, tenant, arguments[2])) {
            bench.carryOn(new RecordedHistory(nothing, nothing), arguments[3], failpoint);
        }
    }
}
