package io.tidemark.graph.write;

import io.tidemark.graph.transport.Batch;
import io.tidemark.graph.transport.GraphError;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphException.Reason;
import java.time.Duration;

/** Says what is known of a change from how its request ended. */
final class Results {

    private Results() {}

    static WriteResult of(GraphException e) {
        if (e.reason() == Reason.OUTCOME_UNKNOWN) {
            return new WriteResult.Unknown(e.status(), e.requestId());
        }
        if (e.reason() == Reason.THROTTLED) {
            return new WriteResult.Throttled(e.retryAfter().orElse(Duration.ZERO));
        }
        if (e.notSent()) {
            return new WriteResult.NotSent(e.reason());
        }
        if (e.status() == 0) {
            return new WriteResult.Unknown(e.status(), e.requestId());
        }
        return new WriteResult.Refused(e.status(), e.reason(), e.error(), e.requestId());
    }

    static WriteResult of(Batch.Answer answer) {
        int status = answer.status();
        if (status >= 200 && status <= 299) {
            return answer.body()
                            .filter(body -> !GraphError.of(body).equals(GraphError.NONE))
                            .isPresent()
                    ? new WriteResult.Unknown(status, answer.requestId())
                    : new WriteResult.Done(status, answer.requestId(), answer.body());
        }
        if (status == 429) {
            return new WriteResult.Throttled(answer.retryAfter().orElse(Duration.ZERO));
        }
        if (status == 501 || status >= 300 && status <= 499 && status != 408) {
            GraphError error = answer.body().map(GraphError::of).orElse(GraphError.NONE);
            return new WriteResult.Refused(status, Reason.ofStatus(status), error, answer.requestId());
        }
        return new WriteResult.Unknown(status, answer.requestId());
    }
}
