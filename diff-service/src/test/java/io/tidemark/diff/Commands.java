package io.tidemark.diff;

import com.mongodb.event.CommandListener;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Shows what a client sends to the store and what comes back. No class here implements the driver's listener: Quarkus would add any that
 * does to the services' own clients.
 */
public final class Commands {

    private Commands() {}

    /** Hands each event on. */
    public static CommandListener listener(Consumer<Object> each) {
        return (CommandListener) Proxy.newProxyInstance(
                Commands.class.getClassLoader(), new Class<?>[] {CommandListener.class}, (proxy, method, events) -> {
                    if (method.getDeclaringClass() == CommandListener.class) {
                        each.accept(events[0]);
                        return null;
                    }
                    return switch (method.getName()) {
                        case "equals" -> proxy == events[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> "commands";
                    };
                });
    }
}
