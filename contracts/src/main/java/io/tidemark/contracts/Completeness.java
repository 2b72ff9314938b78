package io.tidemark.contracts;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks whether a payload has everything that a message of its type cannot do without, so that nobody meets the gap later. */
final class Completeness {

    private static final String CONTRACTS = Completeness.class.getPackageName();

    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
            List<Part> parts = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                if (!component.getType().isPrimitive()) {
                    parts.add(new Part(
                            component.getName(),
                            component.getAccessor(),
                            component.getAnnotatedType().isAnnotationPresent(Nullable.class)));
                }
            }
            return List.copyOf(parts);
        }
    };

    private Completeness() {}

    private record Part(String name, Method accessor, boolean optional) {

        @Nullable
        Object of(Object payload) {
            try {
                return accessor.invoke(payload);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("component " + name + " of a contract cannot be read", e);
            }
        }
    }

    /** Where something is missing that must be there; empty if nothing is. */
    static Optional<String> gap(Object payload) {
        return isOurs(payload) ? gapIn(payload, "") : Optional.empty();
    }

    private static Optional<String> gapIn(Object payload, String path) {
        for (Part part : PARTS.get(payload.getClass())) {
            String place = path + "/" + part.name();
            Object value = part.of(payload);
            if (value == null) {
                if (!part.optional()) {
                    return Optional.of(place);
                }
            } else if (isOurs(value)) {
                Optional<String> inside = gapIn(value, place);
                if (inside.isPresent()) {
                    return inside;
                }
            } else if (value instanceof List<?> list && !list.isEmpty() && isOurs(list.get(0))) {
                for (int i = 0; i < list.size(); i++) {
                    Optional<String> inside = gapIn(list.get(i), place + "/" + i);
                    if (inside.isPresent()) {
                        return inside;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOurs(Object value) {
        return value instanceof Record && value.getClass().getPackageName().equals(CONTRACTS);
    }
}
