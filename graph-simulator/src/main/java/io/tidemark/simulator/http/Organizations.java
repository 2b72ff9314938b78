package io.tidemark.simulator.http;

import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Tenant;

/** The organization that older clients name before the place that they ask for. */
final class Organizations {

    private Organizations() {}

    /** The path without the name of the organization: {@code myorganization}, the tenant's id or one of its domains. */
    static String without(Tenant tenant, String path) {
        int next = path.indexOf('/', 1);
        if (next < 0) {
            return path;
        }
        String first = GraphRequest.decode(path.substring(1, next));
        boolean named = first.equalsIgnoreCase("myorganization")
                || first.equalsIgnoreCase(tenant.id().toString())
                || (first.indexOf('.') > 0
                        && tenant.read(() -> tenant.find(Kinds.all().get("domains"), first)) != null);
        return named ? path.substring(next) : path;
    }
}
