package io.tidemark.graph.transport;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Our access token, fetched once and kept until shortly before it expires. The SDK asks on every request, and azure-identity's own cache
 * neither works on every port nor heeds a claims challenge; so each token comes from a credential of its own.
 */
final class TokenSource {

    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Pattern CODE = Pattern.compile("AADSTS\\d{3,9}");

    private final GraphSettings settings;
    private @Nullable AccessToken token;
    private Instant renewAt = Instant.MIN;

    TokenSource(GraphSettings settings) {
        this.settings = settings;
    }

    /** The token to use now. */
    synchronized String token() {
        AccessToken kept = token;
        Instant now = settings.clock().instant();
        if (kept != null && now.isBefore(renewAt)) {
            return kept.getToken();
        }
        try {
            return renewed(Optional.empty());
        } catch (GraphException e) {
            if (kept != null && now.isBefore(kept.getExpiresAt().toInstant())) {
                return kept.getToken();
            }
            throw e;
        }
    }

    /** A new token that answers a claims challenge. */
    synchronized String tokenFor(String claims) {
        return renewed(Optional.of(claims));
    }

    /** Forgets the token that Graph rejected, unless another has replaced it meanwhile. */
    synchronized void reject(String rejected) {
        if (token != null && token.getToken().equals(rejected)) {
            token = null;
            renewAt = Instant.MIN;
        }
    }

    private String renewed(Optional<String> claims) {
        AccessToken fresh = fetch(claims);
        check(GraphIdentity.of(fresh.getToken()));
        Instant now = settings.clock().instant();
        Duration life = Duration.between(now, fresh.getExpiresAt().toInstant());
        Duration early = EARLY.compareTo(life.dividedBy(2)) < 0 ? EARLY : life.dividedBy(2);
        token = fresh;
        renewAt = now.plus(life).minus(early);
        return fresh.getToken();
    }

    private void check(GraphIdentity identity) {
        if (identity.tenantId().isPresent()
                && !identity.tenantId().get().equalsIgnoreCase(settings.tenant().toString())) {
            throw new GraphException(
                    GraphException.Reason.UNAUTHORIZED, "the authority gave a token for another tenant");
        }
    }

    private AccessToken fetch(Optional<String> claims) {
        TokenRequestContext context =
                new TokenRequestContext().addScopes(settings.scope()).setCaeEnabled(true);
        claims.ifPresent(context::setClaims);
        try {
            AccessToken fetched = credential().getTokenSync(context);
            if (fetched == null) {
                throw new GraphException(GraphException.Reason.UNAVAILABLE, "the authority gave no token");
            }
            return fetched;
        } catch (GraphException e) {
            throw e;
        } catch (ClientAuthenticationException e) {
            throw refusal(e);
        } catch (RuntimeException e) {
            throw isRefusal(e)
                    ? refusal(e)
                    : new GraphException(
                            GraphException.Reason.UNAVAILABLE,
                            "the authority gave no token: " + e.getClass().getSimpleName());
        }
    }

    private TokenCredential credential() {
        Credential credential =
                settings.credential() instanceof Credential.SecretFile file ? file.read() : settings.credential();
        if (credential instanceof Credential.Secret secret) {
            return settings.authority().getScheme().equals("http")
                    ? new LoopbackCredential(settings, secret)
                    : prepared(new ClientSecretCredentialBuilder())
                            .clientSecret(secret.value())
                            .build();
        }
        if (credential instanceof Credential.Certificate certificate) {
            ClientCertificateCredentialBuilder builder = prepared(new ClientCertificateCredentialBuilder());
            String file = certificate.file().toString();
            return certificate
                    .password()
                    .map(password -> builder.pfxCertificate(file).clientCertificatePassword(password))
                    .orElseGet(() -> builder.pemCertificate(file))
                    .build();
        }
        Credential.FederatedToken federated = (Credential.FederatedToken) credential;
        return prepared(new WorkloadIdentityCredentialBuilder())
                .tokenFilePath(federated.file().toString())
                .build();
    }

    private <T extends AadCredentialBuilderBase<T>> T prepared(T builder) {
        HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(CONNECT);
        settings.trust()
                .ifPresent(authorities -> http.sslContext(Trust.of(authorities).context()));
        T prepared = builder.tenantId(settings.tenant().toString())
                .clientId(settings.clientId())
                .authorityHost(settings.authority().toString())
                .httpClient(new JdkHttpClientBuilder(http).build())
                .maxRetry(0);
        return settings.authority().equals(GraphSettings.PUBLIC_AUTHORITY)
                ? prepared
                : prepared.disableInstanceDiscovery();
    }

    private static boolean isRefusal(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof com.microsoft.aad.msal4j.MsalServiceException service) {
                return service.statusCode() == null || service.statusCode() < 500;
            }
        }
        return false;
    }

    /** The authority's text names people and applications; its code does not. */
    private static GraphException refusal(RuntimeException e) {
        Matcher code = CODE.matcher(String.valueOf(e.getMessage()));
        return new GraphException(
                GraphException.Reason.UNAUTHORIZED,
                "the authority refused the client's credential" + (code.find() ? " code=" + code.group() : ""));
    }
}
