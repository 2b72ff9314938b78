package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.quota.Charge;
import io.tidemark.simulator.quota.Costs;
import io.tidemark.simulator.quota.Priority;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import org.jspecify.annotations.Nullable;

/** What requests are charged. */
final class Charges {

    private Charges() {}

    static Charge of(Exchange exchange) {
        Route route = exchange.route();
        Kind kind = route.kind();
        GraphRequest request = exchange.request();
        Options options = exchange.options();
        int units = Costs.resourceUnits(
                request.method(),
                route.template(),
                options.select() != null,
                !options.expand().isEmpty(),
                options.top());
        boolean write = Costs.write(request.method(), route.template());
        return new Charge(
                service(route, kind, options),
                units,
                write,
                area(route, kind),
                exchange.caller().userId(),
                write && personal(exchange),
                Priority.of(request.header("x-ms-throttle-priority")));
    }

    private static String service(Route route, @Nullable Kind kind, Options options) {
        if (route.template().equals("/users") && options.asksFor("signInActivity")) {
            return "signInActivity";
        }
        Relation relation = route.relation();
        Kind part = relation == null ? null : Kinds.all().get(relation.targets().get(0));
        if (part != null && !part.service().equals("directory")) {
            return Costs.service(part.service(), part.type());
        }
        return kind == null ? "directory" : Costs.service(kind.service(), kind.type());
    }

    /** The part of a service that is asked: the second step of its path, or the kind. */
    private static String area(Route route, @Nullable Kind kind) {
        if (kind != null && kind.service().equals("intune")) {
            String[] steps = route.template().split("/");
            return steps.length > 2 ? steps[2] : kind.collection();
        }
        return kind == null ? "" : kind.collection();
    }

    /** Whether an application is written that personal accounts may use. */
    private static boolean personal(Exchange exchange) {
        if (!exchange.route().template().startsWith("/applications")) {
            return false;
        }
        String key = exchange.route().key();
        if (key == null) {
            return open(told(exchange.request()));
        }
        Tenant tenant = exchange.tenant();
        return tenant.read(() -> {
            Node application = tenant.findAny(key);
            return application != null && open(application.entity().text("signInAudience"));
        });
    }

    private static @Nullable String told(GraphRequest request) {
        try {
            JsonNode audience = request.json().get("signInAudience");
            return audience == null ? null : audience.asText();
        } catch (GraphRefusal unreadable) {
            return null;
        }
    }

    private static boolean open(@Nullable String audience) {
        return "AzureADandPersonalMicrosoftAccount".equals(audience) || "PersonalMicrosoftAccount".equals(audience);
    }
}
