package io.tidemark.simulator.tenant;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Properties that Graph gets while it is served: its schema does not know them yet, and one has to ask for them by name, but of kinds that show
 * everything unasked.
 */
public final class LaterProperties {

    private static final Set<String> SHOW_ALL = Set.of("application", "servicePrincipal", "device");
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,99}");

    private final Map<String, Later> declared = new ConcurrentHashMap<>();

    /**
     * One property.
     *
     * @param type the type that has it, such as {@code user}
     * @param name its name
     * @param of its own type as the schema's tables write it, such as {@code String} or {@code [String]}
     * @param alone whether only single objects show it: a list that selects it fails
     */
    public record Later(String type, String name, String of, boolean alone) {

        public Later {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' is no name of a property");
            }
        }
    }

    /** From now on the type has the property. */
    public void declare(Later property) {
        Kind kind = Kinds.all().ofType(property.type());
        if (kind == null || kind.property(property.name()) != null) {
            throw new IllegalArgumentException(
                    kind == null
                            ? "there is no type " + property.type()
                            : property.type() + " has " + property.name() + " already");
        }
        declared.put(kind.type() + "|" + property.name(), property);
    }

    /** All of them. */
    public Collection<Later> all() {
        return declared.values();
    }

    /** Whether objects of a kind have such a property. */
    public boolean has(Kind kind, String name) {
        return declared.containsKey(kind.type() + "|" + name);
    }

    /** Whether objects of a kind have such a property; refused if only single objects show it and a list asks. */
    public boolean shows(Kind kind, String name, boolean list) {
        Later property = find(kind, name);
        if (property != null && list && property.alone()) {
            throw GraphRefusal.notImplemented("This operation target is not yet supported.");
        }
        return property != null;
    }

    /** Those of a kind that are shown to who asks for nothing by name. */
    public List<String> unasked(Kind kind) {
        return declared.values().stream()
                .filter(property -> SHOW_ALL.contains(kind.type()) && !property.alone())
                .filter(property -> property.equals(find(kind, property.name())))
                .map(Later::name)
                .sorted()
                .toList();
    }

    private @Nullable Later find(Kind kind, String name) {
        return declared.get(kind.type() + "|" + name);
    }
}
