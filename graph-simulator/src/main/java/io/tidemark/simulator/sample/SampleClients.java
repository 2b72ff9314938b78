package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.tenant.TenantSeed;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The applications of every made-up tenant that call Graph: those of the product, and those through which incidents happen. */
public final class SampleClients {

    /** Reads the directory; the product captures with it. */
    public static final String READER = "tidemark-reader";

    /** Reads the audit log. */
    public static final String AUDITOR = "tidemark-auditor";

    /** Writes what a restore has to write. */
    public static final String RESTORER = "tidemark-restorer";

    /** The bulk script of the personnel department. */
    public static final String HR_SYNC = "hr-sync";

    /** The support tool that attackers make use of. */
    public static final String HELPDESK_TOOL = "helpdesk-tool";

    static final int COUNT = 5;

    private final List<SampleClient> clients;

    private SampleClients(List<SampleClient> clients) {
        this.clients = clients;
    }

    /** The clients of the tenant with this seed, with secrets made from the seed. */
    public static SampleClients of(long seed) {
        return of(seed, Map.of());
    }

    /** The clients of the tenant with this seed; option {@code secret.NAME} gives a client its secret. */
    public static SampleClients of(long seed, Map<String, String> options) {
        var ids = new SampleIds(seed);
        List<SampleClient> clients = new ArrayList<>();
        for (var client : Words.resource("clients.json")) {
            var number = clients.size();
            var name = client.path("name").asText();
            var permissions = new TreeSet<String>();
            client.path("permissions").forEach((JsonNode p) -> permissions.add(p.asText()));
            clients.add(new SampleClient(
                    name,
                    ids.appId(number),
                    options.getOrDefault("secret." + name, secret(seed, number)),
                    ids.application(number),
                    ids.servicePrincipal(number),
                    permissions));
        }
        return new SampleClients(List.copyOf(clients));
    }

    /** All of them, in the order in which they stand among the applications. */
    public List<SampleClient> all() {
        return clients;
    }

    /** Somebody else's tenant with these clients registered, so that they can ask. */
    public TenantSeed registeredIn(TenantSeed content) {
        return sink -> {
            content.emit(sink);
            clients.forEach(client -> sink.appRegistration(client.registration()));
        };
    }

    /** The client with this name. */
    public SampleClient named(String name) {
        return clients.stream()
                .filter(client -> client.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no sample client '" + name + "'"));
    }

    private static String secret(long seed, int number) {
        var dice = new Dice(seed, "secret", number);
        var bytes = new byte[30];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) dice.below(256);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
