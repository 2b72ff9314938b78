package io.tidemark.localstack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One service as a child process: started from its packaged jar, watched by its health, ended by its own handle. */
public final class ServiceProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
    private static final int OK = 200;
    private static final int LOG_TAIL = 1_500;

    private final ServiceName name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final URI url;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private Process process;

    private ServiceProcess(ServiceName name, List<String> command, Map<String, String> environment, Path log, URI url) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.url = url;
        this.process = launch(List.of());
    }

    /** Starts the process; {@link #awaitReady()} waits for it. */
    static ServiceProcess start(
            ServiceName name, List<String> command, Map<String, String> environment, Path log, URI url) {
        return new ServiceProcess(name, command, environment, log, url);
    }

    public ServiceName name() {
        return name;
    }

    /** Where it listens. */
    public URI url() {
        return url;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its log file. */
    public Path log() {
        return log;
    }

    /**
     * Waits until the service says that it can serve.
     *
     * @throws StackException if it dies or does not get ready in time
     */
    public void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new StackException(name.module() + " ended with status " + process.exitValue() + "; its log "
                        + log + " ends with:\n" + tail());
            }
            if (ready()) {
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new StackException(name.module() + " was not ready within " + PATIENCE.toSeconds() + " s; its log " + log
                + " ends with:\n" + tail());
    }

    /** Kills the process at once, as a crash would. */
    public void kill() {
        process.destroyForcibly();
        await(GRACE);
    }

    /** Starts it again after it has ended. */
    public void restart() {
        restart(List.of());
    }

    /** Starts it again with further options for its Java machine, this once. */
    public void restart(List<String> javaOptions) {
        if (process.isAlive()) {
            throw new IllegalStateException(name.module() + " is still running");
        }
        process = launch(javaOptions);
    }

    /** Asks the process to end, and kills it if it does not within its grace. */
    public void stop() {
        process.destroy();
        if (!await(GRACE)) {
            process.destroyForcibly();
            await(GRACE);
        }
    }

    /** Resident memory in bytes as the kernel counts it; 0 where that cannot be read. */
    public long residentBytes() {
        return residentBytes(process.pid());
    }

    static long residentBytes(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D+", "")) * 1024;
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }

    private boolean await(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean ready() {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(3))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String tail() {
        try {
            byte[] all = Files.readAllBytes(log);
            int from = Math.max(0, all.length - LOG_TAIL);
            return new String(all, from, all.length - from, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(log could not be read)";
        }
    }

    private Process launch(List<String> javaOptions) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(1, javaOptions);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new StackException(name.module() + " could not be started: " + e.getMessage(), e);
        }
    }
}
