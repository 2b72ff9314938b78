package io.tidemark.simulator.sample;

import java.util.Map;

/**
 * The organization that a sample is about.
 *
 * @param tenantId the id of the tenant
 * @param domain its default domain
 * @param initialDomain the domain it was born with
 * @param localDomain its directory on its own premises, from which a few objects are synced
 */
record Company(String tenantId, String domain, String initialDomain, String localDomain) {

    static Company of(SampleIds ids, Map<String, String> options) {
        var domain = options.getOrDefault("domain", "contoso.com");
        var name = domain.substring(0, domain.indexOf('.') < 0 ? domain.length() : domain.indexOf('.'));
        return new Company(
                options.getOrDefault("tenantId", ids.id("tenant", 0)),
                domain,
                name + ".onmicrosoft.com",
                "corp." + domain);
    }
}
