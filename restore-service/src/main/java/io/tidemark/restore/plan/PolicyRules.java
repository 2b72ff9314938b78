package io.tidemark.restore.plan;

import io.tidemark.contracts.RestoreOptions;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;

/** In which state a Conditional Access policy comes back. */
final class PolicyRules {

    static final String STATE = "state";
    static final String ENABLED = "enabled";
    static final String REPORT_ONLY = "enabledForReportingButNotEnforced";

    private PolicyRules() {}

    /**
     * The wanted policy with the state that it may have. One that does not enforce anything now comes back in report-only state unless the
     * caller asked for the recorded one; one that is enforced now stays so, because to loosen it would make the tenant less safe.
     */
    static JsonObject wanted(JsonObject recorded, JsonObject live, RestoreOptions.PolicyState asked) {
        boolean wasEnabled = recorded.findString(STATE).orElse("").equals(ENABLED);
        boolean isEnabled = live.findString(STATE).orElse("").equals(ENABLED);
        if (asked == RestoreOptions.PolicyState.REPORT_ONLY && wasEnabled && !isEnabled) {
            return recorded.with(STATE, new JsonString(REPORT_ONLY));
        }
        return recorded;
    }

    static OpenPoint reportOnly(WantedState wanted) {
        return OpenPoint.of(
                OpenPoint.Why.CHOSEN,
                wanted.recordedKey(),
                STATE,
                "comes back in report-only state; it was enabled at the baseline");
    }
}
