package io.tidemark.simulator.notification;

import io.tidemark.simulator.tenant.Switches;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Which addresses the simulator may call. */
final class Reach {

    private Reach() {}

    /** The address, if it may be called. */
    static @Nullable URI of(Switches switches, @Nullable String address) {
        if (address == null || switches.notifications().equals("NONE")) {
            return null;
        }
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
        String host = uri.getHost();
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (host == null || !web) {
            return null;
        }
        return switches.notifications().equals("ANY") || loopback(host) ? uri : null;
    }

    private static boolean loopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
