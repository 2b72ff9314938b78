package io.tidemark.diff;

import com.mongodb.MongoTimeoutException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.BooleanSupplier;

/** Stores whose server can be away: then each of their methods fails as if no server were found. */
public final class AwayStore {

    private AwayStore() {}

    /** A store that works as the other does, unless its server is away. */
    public static <T> T of(Class<T> port, T store, BooleanSupplier away) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    if (away.getAsBoolean()) {
                        throw new MongoTimeoutException("no server");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
