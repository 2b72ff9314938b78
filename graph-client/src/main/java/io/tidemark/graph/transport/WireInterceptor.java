package io.tidemark.graph.transport;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sits between OkHttp and the wire. Marks what was sent, and hides {@code Retry-After: 0} of a 503 from OkHttp, which would else send the
 * request again, a POST too.
 */
final class WireInterceptor implements Interceptor {

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Attempt attempt = request.tag(Attempt.class);
        if (attempt != null) {
            attempt.goesOnTheWire();
        }
        Response response = chain.proceed(request);
        return response.code() == 503
                ? response.newBuilder()
                        .removeHeader("Retry-After")
                        .header(GraphWire.HIDDEN_RETRY_AFTER, response.header("Retry-After", ""))
                        .build()
                : response;
    }
}
