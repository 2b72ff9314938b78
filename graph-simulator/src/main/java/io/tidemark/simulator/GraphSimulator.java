package io.tidemark.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.SimulatorConfig.AuditTarget;
import io.tidemark.simulator.audit.AuditLog;
import io.tidemark.simulator.audit.AuditStream;
import io.tidemark.simulator.control.ControlServer;
import io.tidemark.simulator.control.Controls;
import io.tidemark.simulator.fault.Faults;
import io.tidemark.simulator.fault.Lateness;
import io.tidemark.simulator.http.GraphServer;
import io.tidemark.simulator.identity.Authority;
import io.tidemark.simulator.identity.ServerCertificate;
import io.tidemark.simulator.identity.SigningKey;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.notification.Notifications;
import io.tidemark.simulator.quota.Quotas;
import io.tidemark.simulator.rules.GraphRulebook;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.incident.Incident;
import io.tidemark.simulator.sample.incident.IncidentRunner;
import io.tidemark.simulator.tenant.EffectLedger;
import io.tidemark.simulator.tenant.SimulatorClock;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantSeed;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A tenant in a box: Microsoft Graph's directory on this machine, with its rules, quotas, lateness and faults. */
public final class GraphSimulator implements AutoCloseable {

    private static final String LOOPBACK = Opening.LOOPBACK;
    private static final int LARGEST_BODY = 16 * 1024 * 1024;
    private static final long SETTLE_MILLIS = 200;
    private static final long SWEEP_MILLIS = 1000;
    private static final int LONGEST_LINE = 64 * 1024;

    private final SimulatorConfig config;
    private final SimulatorClock clock;
    private final Map<UUID, Tenant> tenants = new ConcurrentHashMap<>();
    private final Map<UUID, AuditLog> audits = new ConcurrentHashMap<>();
    private final Tenant first;
    private final Faults faults;
    private final Quotas quotas;
    private final Notifications notifications;
    private final GraphServer server;
    private final Authority authority;
    private final @Nullable AuditStream stream;
    private final ServerCertificate certificate;
    private final Vertx vertx;
    private final int port;
    private final int httpsPort;
    private final int controlPort;
    private @Nullable Path trustStore;

    private GraphSimulator(SimulatorConfig config) {
        this.config = config;
        this.clock = new SimulatorClock(config.time());
        this.first = new Tenant(config.tenantId(), clock, config.seed(), new GraphRulebook());
        tenants.put(first.id(), first);
        this.faults = new Faults(config.seed(), config.lateness());
        this.quotas = new Quotas(clock, config.quotas(), this::users);
        SigningKey key = new SigningKey();
        // What listens is made ready while the tenant is loaded.
        CompletableFuture<ServerCertificate> certified = CompletableFuture.supplyAsync(
                () -> new ServerCertificate(config.time().instant()));
        CompletableFuture<Vertx> awake = CompletableFuture.supplyAsync(GraphSimulator::vertx);
        this.authority = new Authority(key, clock, this::tenantNamed);
        lateness(config.lateness());
        load(config.tenantSeed(), awake);
        this.vertx = awake.join();
        this.certificate = certified.join();
        this.notifications = new Notifications(clock);
        this.server = new GraphServer(
                vertx,
                clock,
                authority,
                quotas,
                faults,
                tenants::get,
                tenants::values,
                this::settle,
                notifications,
                config.seed());
        AuditTarget target = config.auditTarget();
        this.stream = target == null ? null : new AuditStream(target.brokers(), target.topic());
        audit(first);
        if (stream != null) {
            vertx.setPeriodic(SETTLE_MILLIS, timer -> vertx.executeBlocking(this::settleAll, false));
        }
        vertx.setPeriodic(SWEEP_MILLIS, timer -> vertx.executeBlocking(this::sweepAll, false));
        Opening graph = Opening.begin(vertx, options().setPort(config.port()), server::handle);
        Opening https = Opening.begin(
                vertx,
                options()
                        .setPort(config.httpsPort())
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setKeyValue(Buffer.buffer(certificate.keyPem()))
                                .setCertValue(Buffer.buffer(certificate.certificatePem()))),
                server::handle);
        ControlServer control = new ControlServer(
                vertx, first, clock, faults, quotas, this::lateness, server::requests, this::play, controls());
        Opening steered = Opening.begin(vertx, options().setPort(config.controlPort()), control::handle);
        this.port = graph.done(vertx);
        this.httpsPort = https.done(vertx);
        this.controlPort = steered.done(vertx);
        vertx.executeBlocking(
                () -> {
                    key.prepare();
                    return true;
                },
                false);
    }

    private static Vertx vertx() {
        return Vertx.vertx(
                new VertxOptions().setBlockedThreadCheckInterval(1).setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS));
    }

    private void load(@Nullable TenantSeed seed, CompletableFuture<Vertx> awake) {
        boolean loaded = false;
        try {
            if (seed != null) {
                first.load(seed);
            }
            loaded = true;
        } finally {
            if (!loaded) {
                awake.join().close();
            }
        }
    }

    private int users(UUID id) {
        return tenants.getOrDefault(id, first).count(Kinds.all().get("users"));
    }

    private void audit(Tenant tenant) {
        notifications.watch(tenant);
        AuditLog log = new AuditLog(tenant, clock, faults::lateness, config.seed());
        if (stream != null) {
            log.to(stream);
        }
        audits.put(tenant.id(), log);
    }

    private boolean sweepAll() {
        tenants.values().forEach(notifications::sweep);
        return true;
    }

    private boolean settleAll() {
        tenants.values().forEach(this::settle);
        return true;
    }

    private void settle(Tenant tenant) {
        AuditLog log = audits.get(tenant.id());
        if (log != null) {
            log.settle();
        }
    }

    private ObjectNode play(String name, Map<String, String> parameters) {
        Incident incident = Incident.named(name);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            incident = incident.with(parameter.getKey(), parameter.getValue());
        }
        long seed = Long.parseLong(parameters.getOrDefault("seed", Long.toString(config.seed())));
        return IncidentRunner.of(graphUrl(), authorityUrl(), first.id(), SampleClients.of(seed))
                .play(incident)
                .toJson();
    }

    /** Starts a simulator; it listens when this returns. */
    public static GraphSimulator start(SimulatorConfig config) {
        return new GraphSimulator(config);
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LONGEST_LINE)
                .setInitialSettings(new Http2Settings().setMaxHeaderListSize(LONGEST_LINE))
                .setMaxFormAttributeSize(LARGEST_BODY)
                .setIdleTimeout(300);
    }

    private @Nullable Tenant tenantNamed(String name) {
        try {
            Tenant byId = tenants.get(UUID.fromString(name));
            if (byId != null) {
                return byId;
            }
        } catch (IllegalArgumentException e) {
            // Not an id, so perhaps a domain.
        }
        for (Tenant tenant : tenants.values()) {
            if (tenant.find(Kinds.all().get("domains"), name) != null) {
                return tenant;
            }
        }
        return null;
    }

    /** Where Graph is; clients append {@code /v1.0}. */
    public URI graphUrl() {
        return URI.create("http://" + LOOPBACK + ":" + port);
    }

    /** Where the token endpoint is, over HTTP. */
    public URI authorityUrl() {
        return URI.create("http://" + LOOPBACK + ":" + port + "/");
    }

    /** Where the token endpoint is, over HTTPS with a certificate of its own. */
    public URI httpsAuthorityUrl() {
        return URI.create("https://localhost:" + httpsPort + "/");
    }

    /** A PKCS12 trust store with that certificate; its password is {@code changeit}. */
    public synchronized Path trustStore() {
        if (trustStore == null) {
            try {
                Path file = Files.createTempFile("graph-simulator-trust", ".p12");
                file.toFile().deleteOnExit();
                certificate.writeTrustStore(file);
                trustStore = file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return trustStore;
    }

    /** Where the control API is. */
    public URI controlUrl() {
        return URI.create("http://" + LOOPBACK + ":" + controlPort);
    }

    /** The first tenant. */
    public Tenant tenant() {
        return first;
    }

    /** What can be steered of the whole. */
    public Controls controls() {
        return new Steered();
    }

    private final class Steered implements Controls {
        @Override
        public @Nullable Tenant tenant(String name) {
            return tenantNamed(name);
        }

        @Override
        public Tenant addTenant(UUID id, TenantSeed content) {
            Tenant tenant = GraphSimulator.this.addTenant(id);
            tenant.load(content);
            return tenant;
        }

        @Override
        public void accessTokenLife(Duration life) {
            authority.tokenLife(life);
        }

        @Override
        public void linkLife(Duration pages, Duration deltas) {
            server.tokenLife(pages, deltas);
        }

        @Override
        public void revoke(String clientId) {
            authority.revoke(clientId);
        }

        @Override
        public void managedIdentity(String clientId) {
            authority.managedIdentity(clientId);
        }

        @Override
        public void trustIssuer(String issuer, JsonNode keySet) {
            authority.issuers().trust(issuer, keySet);
        }
    }

    /** Adds another tenant beside the first. */
    public Tenant addTenant(UUID id) {
        return tenants.computeIfAbsent(id, added -> {
            Tenant tenant = new Tenant(added, clock, config.seed(), new GraphRulebook());
            audit(tenant);
            return tenant;
        });
    }

    /** What requests changed in the first tenant. */
    public EffectLedger ledger() {
        return first.ledger();
    }

    /** The faults in force. */
    public Faults faults() {
        return faults;
    }

    /** The quotas. */
    public Quotas quotas() {
        return quotas;
    }

    /** The time. */
    public SimulatorClock clock() {
        return clock;
    }

    /** How many requests Graph had so far, those inside batches included. */
    public long requests() {
        return server.requests();
    }

    /** Changes how far replicas and the audit log lag. */
    public void lateness(Lateness lateness) {
        faults.lateness(lateness);
        tenants.values().forEach(t -> t.pasts().keep(lateness.replicas()));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        notifications.close();
        if (stream != null) {
            stream.close();
        }
    }
}
