package io.tidemark.simulator.rules.access;

import java.util.Locale;
import java.util.Set;

/** Applications of the cloud itself, which need no object in the tenant. */
final class Wellknown {

    private static final Set<String> APPLICATIONS = Set.of(
            "797f4846-ba00-4fd7-ba43-dac1f8f63013",
            "c44b4083-3bb0-49c1-b47d-974e53cbdf3c",
            "d4ebce55-015a-49b5-a083-c84d1797ae8c",
            "0000000a-0000-0000-c000-000000000000",
            "2793995e-0a7d-40d7-bd35-6968ba142197",
            "fc780465-2017-40d4-a0c5-307022471b92",
            "372140e0-b3b7-4226-8ef9-d57986796201",
            "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
            "1950a258-227b-4e31-a9cf-717495945fc2",
            "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe",
            "2d4d3d8e-2be3-4bef-9f87-7875a61c29de");

    private Wellknown() {}

    static boolean application(String appId) {
        return APPLICATIONS.contains(appId.toLowerCase(Locale.ROOT));
    }
}
