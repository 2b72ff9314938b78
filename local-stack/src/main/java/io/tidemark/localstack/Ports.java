package io.tidemark.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds and checks ports on loopback. */
final class Ports {

    /** A stack needs some room for logs and history. */
    static final long LEAST_DISK_BYTES = 500_000_000;

    private Ports() {}

    /** A port that is free now. */
    static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StackException("no free port on loopback: " + e.getMessage(), e);
        }
    }

    /**
     * Checks the ports that the options fix.
     *
     * @throws StackException naming the first one that is taken
     */
    static void requireFree(StackOptions options) {
        if (options.portBase() == 0) {
            return;
        }
        for (ServiceName name : ServiceName.values()) {
            int port = options.portBase() + name.portOffset();
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                throw new StackException(
                        "port " + port + " for " + name.module() + " is taken; choose others with --port-base", e);
            }
        }
    }
}
