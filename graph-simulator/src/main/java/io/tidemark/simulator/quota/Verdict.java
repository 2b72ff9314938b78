package io.tidemark.simulator.quota;

import java.util.Map;

/**
 * Whether a request may pass.
 *
 * @param passed whether it may
 * @param headers what the answer says about quotas
 */
public record Verdict(boolean passed, Map<String, String> headers) {

    public Verdict {
        headers = Map.copyOf(headers);
    }
}
