package io.tidemark.backends;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real {@code mongod} as a child process. */
final class MongodServer implements EmbeddedDatabase {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Pattern VERSION = Pattern.compile("db version v(\\S+)");

    private final Process process;
    private final Thread stopWithUs;
    private final int port;
    private final String version;

    private MongodServer(Process process, int port, String version) {
        this.process = process;
        this.port = port;
        this.version = version;
        this.stopWithUs = new Thread(process::destroy, "mongod-stop");
        Runtime.getRuntime().addShutdownHook(stopWithUs);
    }

    /** The {@code mongod} that {@code MONGOD} names, or the first one on {@code PATH}. */
    static Optional<Path> find(Map<String, String> environment) {
        String named = environment.getOrDefault("MONGOD", "");
        if (!named.isBlank()) {
            Path mongod = Path.of(named);
            if (!Files.isExecutable(mongod)) {
                throw new BackendException("MONGOD names " + named + ", which is not an executable file");
            }
            return Optional.of(mongod);
        }
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder, "mongod");
            if (!folder.isBlank() && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    static MongodServer start(Path mongod, Path dataDirectory, int port) {
        int free = Ports.reserve(port, "database");
        Path log = dataDirectory.resolve("mongod.log").toAbsolutePath();
        try {
            String version = version(mongod);
            Path files = Files.createDirectories(dataDirectory.resolve("mongod"));
            Process process = new ProcessBuilder(
                            mongod.toString(),
                            "--dbpath",
                            files.toAbsolutePath().toString(),
                            "--port",
                            Integer.toString(free),
                            "--bind_ip",
                            "127.0.0.1",
                            "--nounixsocket",
                            "--wiredTigerCacheSizeGB",
                            "0.25")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            var server = new MongodServer(process, free, version);
            server.awaitListening(log);
            return server;
        } catch (IOException unusable) {
            throw new BackendException("mongod at " + mongod + " cannot be started: " + unusable, unusable);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String kind() {
        return "mongod " + version;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(stopWithUs);
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitListening(Path log) {
        long deadline = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (listens()) {
                return;
            }
            try {
                process.waitFor(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        close();
        throw new BackendException("mongod did not listen on port " + port + "; its output is in " + log);
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String version(Path mongod) throws IOException {
        Process process = new ProcessBuilder(mongod.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher matcher = VERSION.matcher(said);
        return matcher.find() ? matcher.group(1) : "of unknown version";
    }
}
