package io.tidemark.diff.scenario;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Turns retention on for one tenant. */
public final class RetainedTenant implements QuarkusTestResourceLifecycleManager {

    static final String ID = "5d1a3c7e-9a55-4b3e-8f6b-2f7d0c1e4a90";

    @Override
    public Map<String, String> start() {
        String rules = "tidemark.retention.tenants.\"" + ID + "\".";
        return Map.of(
                "tidemark.retention.every",
                "PT1S",
                rules + "window",
                "P7D",
                rules + "daily",
                "0",
                rules + "weekly",
                "0",
                rules + "monthly",
                "0",
                rules + "last",
                "1");
    }

    @Override
    public void stop() {}
}
