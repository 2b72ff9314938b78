package io.tidemark.simulator.http;

import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.Tenant;
import java.util.Locale;

/**
 * A request that may pass, with everything that is known about it.
 *
 * @param request as it came
 * @param route where it leads
 * @param options its query options
 * @param caller who asks
 * @param tenant whose directory is asked
 * @param version v1.0 or beta
 */
record Exchange(GraphRequest request, Route route, Options options, Caller caller, Tenant tenant, String version) {

    /** The address of the service, with version. */
    String root() {
        return request.base() + "/" + version;
    }

    /** The address of what describes a result. */
    String context(String what) {
        return root() + "/$metadata#" + what;
    }

    /** The request's own address with another token in place of its own. */
    String again(String tokenName, String token) {
        StringBuilder url = new StringBuilder(request.base()).append(request.path());
        char separator = '?';
        for (String part : request.query().split("&")) {
            String name =
                    GraphRequest.decode(part.split("=", 2)[0]).replace("$", "").toLowerCase(Locale.ROOT);
            boolean isToken = name.equals("skiptoken") || name.equals("deltatoken") || name.equals("token");
            if (!part.isEmpty() && !isToken) {
                url.append(separator).append(part);
                separator = '&';
            }
        }
        return url.append(separator)
                .append('$')
                .append(tokenName)
                .append('=')
                .append(token)
                .toString();
    }
}
