package io.tidemark.graph.transport;

import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.core.requests.options.GraphClientOption;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.NativeResponseHandler;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.authentication.AuthenticationProvider;
import io.tidemark.graph.pace.Pacer;
import io.tidemark.graph.pace.Tariff;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Sends single attempts through the official SDK's request adapter, raw. */
final class GraphWire implements AutoCloseable {

    static final String HIDDEN_RETRY_AFTER = "x-tidemark-retry-after";

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WRITE = Duration.ofSeconds(60);
    private static final int LARGEST_BODY = 64 * 1024 * 1024;
    /** Without it Graph tells members that enumerations got late as one word, which would be written back as it is. */
    static final String EVERY_MEMBER = "include-unknown-enum-members";

    private static final String JSON = "application/json";

    private final GraphSettings settings;
    private final TokenSource tokens;
    private final OkHttpClient http;
    private final BaseGraphRequestAdapter adapter;
    private final HttpUrl root;

    GraphWire(GraphSettings settings, TokenSource tokens, Pacer pacer) {
        this.settings = settings;
        this.tokens = tokens;
        this.root = HttpUrl.get(settings.graphUrl().toString().replaceAll("/+$", ""));
        this.http = client(pacer);
        this.adapter = new BaseGraphRequestAdapter(authentication(), root.toString(), http);
    }

    /** What the next attempt costs. */
    Attempt prepare(GraphRequest request) {
        HttpUrl url = resolve(request);
        return new Attempt(
                request.charges()
                        .orElseGet(() -> Tariff.charges(request.method().name(), relative(url))),
                request.charges().isPresent());
    }

    String absolute(String relative) {
        return root + "/" + relative;
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    /** One attempt, without repetition of ours. */
    GraphResponse send(GraphRequest request, Attempt attempt) throws IOException {
        return send(request, attempt, body -> false);
    }

    /**
     * One attempt, without repetition of ours.
     *
     * @param taker is given the body of a success while it arrives, and says whether it took it
     */
    GraphResponse send(GraphRequest request, Attempt attempt, BodyReader<Boolean> taker) throws IOException {
        RequestInformation information = new RequestInformation();
        information.httpMethod = HttpMethod.valueOf(request.method().name());
        information.setUri(resolve(request).uri());
        information.headers.add("client-request-id", request.clientRequestId());
        if (!request.headers().containsKey("Accept")) {
            information.headers.add("Accept", JSON);
        }
        information.headers.add("Prefer", EVERY_MEMBER);
        information.headers.add("x-ms-throttle-priority", settings.priority().word());
        request.headers().forEach(information.headers::add);
        request.body()
                .ifPresent(body -> information.setStreamContent(
                        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), JSON));
        information.addRequestOptions(List.of(attempt));
        NativeResponseHandler handler = new NativeResponseHandler();
        information.setResponseHandler(handler);
        try {
            InputStream unused = adapter.sendPrimitive(information, new HashMap<>(), InputStream.class);
        } catch (GraphException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unwrapped(e);
        }
        try (Response response = (Response) handler.getValue()) {
            GraphResponse read = read(response, settings.clock().instant().plus(settings.patience()), taker);
            if (read.status() == 401) {
                rejectToken(response);
            }
            return read;
        }
    }

    private void rejectToken(Response response) {
        String header = response.request().header("Authorization");
        if (header != null && header.startsWith("Bearer ")) {
            tokens.reject(header.substring("Bearer ".length()));
        }
    }

    private GraphResponse read(Response response, Instant deadline, BodyReader<Boolean> taker) throws IOException {
        ArrivedBody body = ArrivedBody.NONE;
        if (response.body() != null) {
            InputStream arriving = new BoundedBody(
                    response.body().byteStream(), LARGEST_BODY, deadline, settings.clock(), settings.patience());
            boolean taken = response.isSuccessful() && taker.read(arriving);
            body = taken ? body : ArrivedBody.of(arriving);
        }
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach(header -> {
            String name = header.getFirst().toLowerCase(Locale.ROOT);
            headers.put(name.equals(HIDDEN_RETRY_AFTER) ? "retry-after" : name, header.getSecond());
        });
        return new GraphResponse(response.code(), headers, body);
    }

    /** Links that Graph gives are followed as they are, but never to another host. */
    private HttpUrl resolve(GraphRequest request) {
        boolean absolute = request.url().startsWith("https://") || request.url().startsWith("http://");
        HttpUrl url = HttpUrl.parse(absolute ? request.url() : root + "/" + request.url());
        if (url == null
                || !url.host().equals(root.host())
                || url.port() != root.port()
                || !url.scheme().equals(root.scheme())) {
            throw new GraphException(GraphException.Reason.BAD_ANSWER, "a link leads away from Graph's own host");
        }
        return url;
    }

    private String relative(HttpUrl url) {
        String path = url.encodedPath();
        String prefix = root.encodedPath().replaceAll("/+$", "");
        String relative = path.startsWith(prefix) ? path.substring(prefix.length()) : path;
        String query = url.encodedQuery();
        return (relative.startsWith("/") ? relative.substring(1) : relative) + (query == null ? "" : "?" + query);
    }

    private AuthenticationProvider authentication() {
        return (information, context) -> {
            Object claims = context == null ? null : context.get("claims");
            String token = claims instanceof String text && !text.isEmpty()
                    ? tokens.tokenFor(decodedClaims(text))
                    : tokens.token();
            information.headers.remove("Authorization");
            information.headers.add("Authorization", "Bearer " + token);
        };
    }

    /** A challenge comes in Base64, a token request wants JSON. */
    private static String decodedClaims(String claims) {
        try {
            return new String(Base64.getDecoder().decode(claims), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return claims;
        }
    }

    private OkHttpClient client(Pacer pacer) {
        OkHttpClient.Builder builder = GraphClientFactory.create(
                        new GraphClientOption(), List.of(new PacingInterceptor(pacer)))
                .addNetworkInterceptor(new WireInterceptor())
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(Duration.ZERO)
                .connectTimeout(CONNECT)
                .writeTimeout(WRITE)
                .readTimeout(settings.readTimeout());
        if (settings.trust().isPresent()) {
            Trust trust = Trust.of(settings.trust().get());
            return builder.sslSocketFactory(trust.context().getSocketFactory(), trust.manager())
                    .build();
        }
        return builder.build();
    }

    private static IOException unwrapped(RuntimeException e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
            if (cause instanceof GraphException graph) {
                throw graph;
            }
        }
        throw e;
    }
}
