package io.tidemark.simulator.rules.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.tenant.GraphRefusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the session controls of a Conditional Access policy must be for it to be taken. */
final class SessionControls {

    private static final List<String> SWITCHED = List.of(
            "applicationEnforcedRestrictions",
            "cloudAppSecurity",
            "persistentBrowser",
            "secureSignInSession",
            "signInFrequency");

    private SessionControls() {}

    /** Refuses controls that have no effect, never ask for a sign-in, or contradict each other. */
    static void check(@Nullable JsonNode controls) {
        if (controls == null || !controls.isObject()) {
            return;
        }
        boolean effective = controls.path("disableResilienceDefaults").asBoolean()
                || SWITCHED.stream().anyMatch(name -> on(controls, name));
        if (!effective) {
            throw refused("Session controls must contain at least one control that is enabled.");
        }
        JsonNode frequency = controls.path("signInFrequency");
        boolean everyTime = frequency.path("frequencyInterval").asText().equals("everyTime");
        if (on(controls, "signInFrequency")
                && !everyTime
                && frequency.path("value").asInt() <= 0) {
            throw refused("The value of the sign-in frequency must be greater than zero.");
        }
        boolean clashes = on(controls, "applicationEnforcedRestrictions")
                || controls.path("disableResilienceDefaults").asBoolean();
        if (on(controls, "signInFrequency") && everyTime && clashes) {
            throw refused("A sign-in frequency of every time cannot be combined with application enforced restrictions"
                    + " or disabled resilience defaults.");
        }
    }

    private static boolean on(JsonNode controls, String name) {
        return controls.path(name).path("isEnabled").asBoolean();
    }

    private static GraphRefusal refused(String message) {
        return new GraphRefusal(400, "BadRequest", "1034: " + message);
    }
}
