package io.tidemark.simulator.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The certificates with which clients may sign: those at their applications, and those of registered fingerprints. */
final class ClientCertificates {

    private ClientCertificates() {}

    /** The certificate that the assertion names and that belongs to the client; {@code null} if there is none. */
    static @Nullable X509Certificate of(
            Tenant tenant, String clientId, @Nullable ClientRegistration client, Assertion assertion) {
        // Some libraries pad what they name.
        List<String> named = Stream.of("x5t#S256", "x5t", "kid")
                .map(name -> assertion.header().path(name).asText().replaceFirst("=+$", ""))
                .toList();
        for (X509Certificate certificate : stored(tenant, clientId)) {
            if (named.contains(print(certificate, "SHA-256"))
                    || named.contains(print(certificate, "SHA-1"))
                    || named.contains(hex(certificate))) {
                return certificate;
            }
        }
        String wanted = client == null ? null : client.certificateThumbprint();
        JsonNode chain = assertion.header().path("x5c").path(0);
        X509Certificate sent = wanted == null || !chain.isTextual() ? null : certificate(chain.asText());
        return sent != null && print(sent, "SHA-256").equals(wanted) ? sent : null;
    }

    private static List<X509Certificate> stored(Tenant tenant, String clientId) {
        List<X509Certificate> found = new ArrayList<>();
        for (String table : List.of("applications", "servicePrincipals")) {
            Node node = tenant.read(() -> tenant.findBy(Kinds.all().get(table), "appId", clientId));
            JsonNode keys = node == null ? null : node.entity().get("keyCredentials");
            if (keys != null) {
                for (JsonNode key : keys) {
                    X509Certificate one = certificate(key.path("key").asText());
                    if (one != null) {
                        found.add(one);
                    }
                }
            }
        }
        return found;
    }

    private static @Nullable X509Certificate certificate(String encoded) {
        try {
            byte[] der = Base64.getDecoder().decode(encoded);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] digest(X509Certificate certificate, String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this machine has no " + algorithm, e);
        }
    }

    private static String print(X509Certificate certificate, String algorithm) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest(certificate, algorithm));
    }

    private static String hex(X509Certificate certificate) {
        return HexFormat.of().withUpperCase().formatHex(digest(certificate, "SHA-1"));
    }
}
