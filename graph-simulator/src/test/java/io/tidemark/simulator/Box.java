package io.tidemark.simulator;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.SeedSink;
import io.tidemark.simulator.tenant.TenantSeed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A running simulator with a small tenant and an all-powerful caller. */
final class Box implements AutoCloseable {

    static final String ADMIN = "11111111-aaaa-4aaa-8aaa-111111111111";
    static final String ADMIN_SECRET = "correct horse";
    static final String DOMAIN = "example.com";
    static final Set<String> EVERYTHING = Set.of(
            "User.ReadWrite.All",
            "Group.ReadWrite.All",
            "GroupMember.ReadWrite.All",
            "Application.ReadWrite.All",
            "AppRoleAssignment.ReadWrite.All",
            "DelegatedPermissionGrant.ReadWrite.All",
            "Directory.ReadWrite.All",
            "Policy.Read.All",
            "Policy.ReadWrite.ConditionalAccess",
            "Policy.ReadWrite.SecurityDefaults",
            "RoleManagement.ReadWrite.Directory",
            "AuditLog.Read.All",
            "User.DeleteRestore.All",
            "UserAuthenticationMethod.ReadWrite.All",
            "UserAuthMethod-Passkey.ReadWrite.All",
            "AdministrativeUnit.ReadWrite.All",
            "Device.ReadWrite.All",
            "BitlockerKey.Read.All",
            "DeviceLocalCredential.Read.All",
            "CustomSecAttributeDefinition.ReadWrite.All",
            "CustomSecAttributeAssignment.ReadWrite.All",
            "RoleEligibilitySchedule.ReadWrite.Directory",
            "RoleAssignmentSchedule.ReadWrite.Directory",
            "RoleManagementPolicy.ReadWrite.Directory",
            "RoleManagementPolicy.ReadWrite.AzureADGroup",
            "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
            "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
            "Policy.ReadWrite.ApplicationConfiguration",
            "LicenseAssignment.ReadWrite.All",
            "User-LifeCycleInfo.ReadWrite.All",
            "User.Invite.All");

    final GraphSimulator simulator;
    final GraphClient graph;

    private Box(GraphSimulator simulator) {
        this.simulator = simulator;
        this.graph = as(ADMIN, ADMIN_SECRET);
    }

    static Box open() {
        return open(builder -> builder);
    }

    static Box open(UnaryOperator<SimulatorConfig.Builder> changes) {
        return open(changes, sink -> {});
    }

    static Box open(UnaryOperator<SimulatorConfig.Builder> changes, TenantSeed more) {
        TenantSeed seed = sink -> {
            basics(sink);
            more.emit(sink);
        };
        return new Box(GraphSimulator.start(
                changes.apply(SimulatorConfig.builder().tenantSeed(seed)).build()));
    }

    private static void basics(SeedSink sink) {
        sink.object(
                "domains",
                Json.object().put("id", DOMAIN).put("isVerified", true).put("isDefault", true));
        sink.object("organization", Json.object().put("id", "7d3c8e5a-1f42-4b6e-9a0c-5e2d8f714b39"));
        sink.object(
                "securityDefaults",
                Json.object().put("id", "00000000-0000-0000-0000-000000000005").put("isEnabled", false));
        sink.object(
                "roleDefinitions",
                Json.object()
                        .put("id", "62e90394-69f5-4237-9190-012177145e10")
                        .put("templateId", "62e90394-69f5-4237-9190-012177145e10")
                        .put("displayName", "Global Administrator")
                        .put("isBuiltIn", true)
                        .put("isEnabled", true));
        sink.appRegistration(ClientRegistration.withSecret(ADMIN, "test-admin", ADMIN_SECRET, EVERYTHING));
    }

    GraphClient as(String clientId, String secret) {
        return new GraphClient(simulator.graphUrl(), GraphClient.token(simulator, clientId, secret));
    }

    /** A caller with just these permissions. */
    GraphClient holding(String... permissions) {
        String id = "22222222-bbbb-4bbb-8bbb-"
                + String.format("%012d", Math.abs(Set.of(permissions).hashCode()));
        simulator.tenant().register(ClientRegistration.withSecret(id, "narrow", "s3cret", Set.of(permissions)));
        return as(id, "s3cret");
    }

    String user(String name) {
        return graph.post(
                        "/users",
                        "{'accountEnabled':true,'displayName':'" + name + "','mailNickname':'" + name
                                + "','userPrincipalName':'" + name + "@" + DOMAIN
                                + "','passwordProfile':{'password':'Xw4!longEnough'}}")
                .body()
                .path("id")
                .asText();
    }

    String group(String name) {
        return graph.post(
                        "/groups",
                        "{'displayName':'" + name + "','mailEnabled':false,'securityEnabled':true,'mailNickname':'"
                                + name + "'}")
                .body()
                .path("id")
                .asText();
    }

    /** Trusts the certificate of the secure port. */
    SSLContext secure() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(simulator.trustStore())) {
            trusted.load(in, "changeit".toCharArray());
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        simulator.close();
    }
}
