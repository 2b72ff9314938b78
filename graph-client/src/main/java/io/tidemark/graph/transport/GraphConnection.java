package io.tidemark.graph.transport;

import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.pace.Pacer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to one tenant's Graph, through the official SDK's request adapter with raw JSON. Safe for many threads. Every attempt waits for
 * its turn in its quota's lane; reads are repeated patiently, changes only when Graph surely did not do them.
 */
public final class GraphConnection implements AutoCloseable {

    private final GraphSettings settings;
    private final Pacer pacer;
    private final TokenSource tokens;
    private final GraphWire wire;
    private final Repetition repetition;
    private volatile Introduction introduction = new Introduction("", GraphIdentity.OPAQUE);

    private GraphConnection(GraphSettings settings) {
        this.settings = settings;
        this.pacer = new Pacer(settings.quota(), settings.clock(), settings.sleeper());
        this.tokens = new TokenSource(settings);
        this.wire = new GraphWire(settings, tokens, pacer);
        this.repetition = new Repetition(settings, wire);
    }

    /** Opens the way; nothing is sent yet. */
    public static GraphConnection open(GraphSettings settings) {
        return new GraphConnection(settings);
    }

    /**
     * Sends one request and returns Graph's answer of success, body unread.
     *
     * @throws GraphException if Graph did not do it, or nobody knows
     */
    public GraphResponse send(GraphRequest request) {
        return send(request, response -> response);
    }

    /**
     * As {@link #send(GraphRequest)}, reading the body. A body that cannot be read counts as no answer, so a read is repeated.
     *
     * @param reader makes something of the answer; throws {@link IllegalArgumentException} if it is broken
     */
    public <T> T send(GraphRequest request, Function<GraphResponse, T> reader) {
        return repetition.send(request, reader);
    }

    /**
     * As {@link #send(GraphRequest, Function)}, for a body that is read while it arrives instead of being held as a whole.
     *
     * @param body makes something of the body of a success
     * @param reader makes something of that and of the answer, whose body is empty
     */
    public <B, T> T stream(GraphRequest request, BodyReader<B> body, BiFunction<GraphResponse, B, T> reader) {
        AtomicReference<@Nullable B> made = new AtomicReference<>();
        return repetition.send(
                request,
                response -> {
                    @Nullable B read = made.get();
                    if (read == null) {
                        throw new IllegalArgumentException("the answer has no body");
                    }
                    return reader.apply(response, read);
                },
                arriving -> {
                    made.set(body.read(arriving));
                    return true;
                });
    }

    /** As {@link #send(GraphRequest)}, for an answer that must be a JSON object and no error. */
    public JsonObject fetch(GraphRequest request) {
        return send(request, GraphConnection::success);
    }

    /** What our token says of us; asks for a token if there is none yet. */
    public GraphIdentity identity() {
        String token = tokens.token();
        Introduction last = introduction;
        if (!last.token().equals(token)) {
            last = new Introduction(token, GraphIdentity.of(token));
            introduction = last;
        }
        return last.identity();
    }

    /** A token and what it says, kept because it is asked for often and changes seldom. */
    private record Introduction(String token, GraphIdentity identity) {

        /** The token is a secret. */
        @Override
        public String toString() {
            return "introduction";
        }
    }

    /** The application permissions that were granted to us. */
    public Set<String> grantedRoles() {
        return identity().grantedRoles();
    }

    /** The quota lanes, for their statistics and for batches, whose parts are answered one by one. */
    public Pacer pacer() {
        return pacer;
    }

    public GraphSettings settings() {
        return settings;
    }

    /** The absolute address of something relative to the version, as references between objects want it. */
    public String absolute(String relative) {
        return wire.absolute(relative);
    }

    @Override
    public void close() {
        wire.close();
    }

    /**
     * The answer's JSON object.
     *
     * @throws IllegalArgumentException if it is none, or an error that calls itself success
     */
    public static JsonObject success(GraphResponse response) {
        JsonObject body = response.json();
        if (body.find("error").filter(JsonObject.class::isInstance).isPresent()) {
            throw new IllegalArgumentException("an error calls itself success");
        }
        return body;
    }
}
