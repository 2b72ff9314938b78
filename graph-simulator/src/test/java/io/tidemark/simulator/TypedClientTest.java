package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tidemark.simulator.PropertyTenant.Subject;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lets the typed client of Graph's Java SDK, if it is at hand, read every kind that it knows. */
class TypedClientTest {

    private static final String ROOT = "com.microsoft.graph.serviceclient.GraphServiceClient";
    // Values that hold whatever a tenant defines.
    private static final Set<String> OPEN = Set.of("CustomSecurityAttributeValue", "OpenTypeExtension", "Dictionary");

    private static final Set<String> UNKNOWN = new TreeSet<>();
    private static PropertyBench bench;
    private static Object client;
    private static int read;

    @BeforeAll
    static void open() throws ReflectiveOperationException {
        assumeThat(present())
                .as("the SDK com.microsoft.graph:microsoft-graph is on the class path (profile typed-client)")
                .isTrue();
        bench = PropertyBench.open();
        client = client();
    }

    @AfterAll
    static void close() throws IOException {
        if (bench != null) {
            bench.close();
            assertThat(read).isGreaterThan(200);
            assertThat(UNKNOWN)
                    .isSubsetOf(PropertyTenant.resource("untyped.json").findValuesAsText("route"));
        }
    }

    private static boolean present() {
        try {
            Class.forName(ROOT);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Object client() throws ReflectiveOperationException {
        Class<?> provider = Class.forName("com.microsoft.kiota.authentication.AuthenticationProvider");
        Object authentication = Proxy.newProxyInstance(
                provider.getClassLoader(), new Class<?>[] {provider}, (proxy, method, arguments) -> {
                    Object headers = arguments[0].getClass().getField("headers").get(arguments[0]);
                    headers.getClass()
                            .getMethod("add", String.class, String.class)
                            .invoke(
                                    headers,
                                    "Authorization",
                                    "Bearer " + bench.tenant.graph().token());
                    return null;
                });
        Class<?> adapter = Class.forName("com.microsoft.graph.core.requests.BaseGraphRequestAdapter");
        Object wire = adapter.getConstructor(provider, String.class)
                .newInstance(authentication, bench.tenant.simulator().graphUrl() + "/v1.0");
        return Class.forName(ROOT)
                .getConstructor(Class.forName("com.microsoft.kiota.RequestAdapter"))
                .newInstance(wire);
    }

    @ParameterizedTest
    @MethodSource("io.tidemark.simulator.PropertyBench#subjects")
    void isReadWithoutErrorsAndWithoutRest(String name) throws ReflectiveOperationException {
        Subject subject = bench.tenant.subject(name);
        if (bench.hidden(subject)) {
            return;
        }
        List<String> rest = new ArrayList<>();
        read(subject.path(), rest);
        if (!subject.collection().equals(subject.path())
                && subject.kind().needsFilter().isEmpty()) {
            read(subject.collection(), rest);
            for (String other : subject.kind().paths()) {
                read("/" + other, rest);
            }
        }

        assertThat(rest).isEmpty();
    }

    private static void read(String path, List<String> rest) throws ReflectiveOperationException {
        Object at = client;
        for (String segment : path.substring(1).split("/")) {
            at = step(at, segment);
            if (at == null) {
                UNKNOWN.add(path.replaceAll("/[0-9a-f]{8}-[^/]*", "/{id}"));
                return;
            }
        }
        Method get = method(at, "get", 0);
        if (get == null) {
            UNKNOWN.add(path.replaceAll("/[0-9a-f]{8}-[^/]*", "/{id}"));
            return;
        }
        try {
            Object answer = get.invoke(at);
            assertThat(answer).isNotNull();
            read++;
            rest(answer, answer.getClass().getSimpleName(), rest);
        } catch (InvocationTargetException e) {
            throw new AssertionError("GET " + path + " is not read: " + e.getCause(), e.getCause());
        }
    }

    /** The builder of a segment, or of an item by its key; {@code null} if the client has neither. */
    private static Object step(Object at, String segment) throws ReflectiveOperationException {
        Method plain = method(at, segment, 0);
        Method named = plain == null ? method(at, segment + "Escaped", 0) : plain;
        if (named != null) {
            return named.invoke(at);
        }
        for (Method method : at.getClass().getMethods()) {
            boolean byKey = method.getName().startsWith("by")
                    && method.getParameterCount() == 1
                    && method.getParameterTypes()[0] == String.class
                    && !method.getName().matches("by(AppId|UniqueName|Name)");
            if (byKey) {
                return method.invoke(at, segment);
            }
        }
        return null;
    }

    private static Method method(Object at, String name, int parameters) {
        for (Method method : at.getClass().getMethods()) {
            if (method.getName().equalsIgnoreCase(name) && method.getParameterCount() == parameters) {
                return method;
            }
        }
        return null;
    }

    /** What the models did not know. */
    private static void rest(Object model, String where, List<String> rest) throws ReflectiveOperationException {
        if (model instanceof Collection<?> many) {
            for (Object one : many) {
                rest(one, where, rest);
            }
            return;
        }
        if (model == null || !model.getClass().getName().startsWith("com.microsoft.graph.models.")) {
            return;
        }
        for (Method method : model.getClass().getMethods()) {
            String name = method.getName();
            if (!name.startsWith("get") || method.getParameterCount() > 0 || name.equals("getFieldDeserializers")) {
                continue;
            }
            Object value = method.invoke(model);
            if (name.equals("getAdditionalData")) {
                for (Object key : ((Map<?, ?>) value).keySet()) {
                    if (!String.valueOf(key).contains("@")
                            && !OPEN.contains(model.getClass().getSimpleName())) {
                        rest.add(where + " does not know " + key);
                    }
                }
            } else if (!name.equals("getBackingStore") && !model.getClass().isEnum()) {
                rest(value, where + "." + name.substring(3), rest);
            }
        }
    }
}
