package io.tidemark.simulator.tenant;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a rulebook: rules and actions by the names that tables give. */
public final class Chapter {

    private final Map<String, KindRules> rules = new HashMap<>();
    private final Map<String, KindAction> actions = new HashMap<>();

    /** Adds what Graph demands of the kinds whose table gives this name. */
    public Chapter rules(String name, KindRules added) {
        put(rules, name, added);
        return this;
    }

    /** Adds what an action or function does. */
    public Chapter action(String name, KindAction added) {
        put(actions, name, added);
        return this;
    }

    /** Adds another chapter. */
    public Chapter with(Chapter other) {
        other.rules.forEach(this::rules);
        other.actions.forEach(this::action);
        return this;
    }

    /** The rules of a name; {@code null} if it has none. */
    public @Nullable KindRules rules(String name) {
        return rules.get(name);
    }

    /** The action of a name; {@code null} if there is none. */
    public @Nullable KindAction action(String name) {
        return actions.get(name);
    }

    private static <T> void put(Map<String, T> known, String name, T added) {
        if (known.putIfAbsent(name, added) != null) {
            throw new IllegalStateException("the name " + name + " is given twice");
        }
    }
}
