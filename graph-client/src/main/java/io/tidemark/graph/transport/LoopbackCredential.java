package io.tidemark.graph.transport;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.tidemark.directory.json.JsonNumber;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import reactor.core.publisher.Mono;

/** Asks a simulator's authority for a token, without TLS. azure-identity refuses that, rightly; this works on loopback only. */
final class LoopbackCredential implements TokenCredential {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final long USUAL_LIFETIME = 3_599;

    private final GraphSettings settings;
    private final String secret;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LONGEST).build();

    LoopbackCredential(GraphSettings settings, Credential.Secret secret) {
        if (!GraphSettings.isLoopback(settings.authority())) {
            throw new IllegalArgumentException("an authority without TLS must be on loopback");
        }
        this.settings = settings;
        this.secret = secret.value();
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext context) {
        return Mono.fromCallable(() -> getTokenSync(context));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext context) {
        try {
            HttpResponse<byte[]> answer = http.send(request(context), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200 && JsonText.parse(answer.body()) instanceof JsonObject body) {
                return token(body);
            }
            throw refusal(answer.statusCode());
        } catch (IOException | IllegalArgumentException e) {
            throw new GraphException(
                    GraphException.Reason.UNAVAILABLE, "the authority gave no token: no usable answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GraphException(GraphException.Reason.CANCELLED, "interrupted while asking for a token");
        }
    }

    private HttpRequest request(TokenRequestContext context) {
        String root = settings.authority().toString().replaceAll("/+$", "");
        String form = "grant_type=client_credentials&client_id=" + encode(settings.clientId()) + "&client_secret="
                + encode(secret) + "&scope=" + encode(String.join(" ", context.getScopes()))
                + (context.getClaims() == null ? "" : "&claims=" + encode(context.getClaims()));
        return HttpRequest.newBuilder(URI.create(root + "/" + settings.tenant() + "/oauth2/v2.0/token"))
                .timeout(LONGEST)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
    }

    private AccessToken token(JsonObject body) {
        String token = body.findString("access_token")
                .orElseThrow(() -> new IllegalArgumentException("the authority's answer has no access_token"));
        long seconds = body.find("expires_in").orElse(JsonNumber.of(USUAL_LIFETIME)) instanceof JsonNumber number
                ? number.value().longValue()
                : USUAL_LIFETIME;
        return new AccessToken(
                token, OffsetDateTime.ofInstant(settings.clock().instant().plusSeconds(seconds), ZoneOffset.UTC));
    }

    private static GraphException refusal(int status) {
        return status == 400 || status == 401
                ? new GraphException(
                        GraphException.Reason.UNAUTHORIZED,
                        "the authority refused the client's credential status=" + status)
                : new GraphException(GraphException.Reason.UNAVAILABLE, "the authority gave no token status=" + status);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
