package io.tidemark.console;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says which service answers which path. What no service is known to answer is not handed on at all. */
final class ServiceRoutes {

    private static final Pattern TENANT_PATH = Pattern.compile("/api/v1/tenants/[^/]+/([a-z-]+)(?:/.*)?");

    /** The one resource that names its tenant in the query. */
    private static final String COVERAGE = "/api/v1/coverage";

    private final URI coverage;
    private final Map<String, URI> byResource;

    ServiceRoutes(ServicesConfig services) {
        coverage = services.snapshotUrl();
        byResource = Map.of(
                "captures", services.snapshotUrl(),
                "snapshots", services.diffUrl(),
                "reports", services.diffUrl(),
                "objects", services.diffUrl(),
                "wanted-states", services.diffUrl(),
                "attribution", services.diffUrl(),
                "retention", services.diffUrl(),
                "copies", services.diffUrl(),
                "restores", services.restoreUrl(),
                "ingestion", services.auditUrl());
    }

    /** The service that answers the path; empty if none does. */
    Optional<URI> find(String path) {
        if (path.equals(COVERAGE)) {
            return Optional.of(coverage);
        }
        Matcher matcher = TENANT_PATH.matcher(path);
        return matcher.matches() ? Optional.ofNullable(byResource.get(matcher.group(1))) : Optional.empty();
    }
}
