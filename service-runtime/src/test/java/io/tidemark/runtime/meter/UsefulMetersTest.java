package io.tidemark.runtime.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsefulMetersTest {

    @ParameterizedTest
    @CsvSource({
        "/api/v1/tenants/6a6d4dab-6abf-47b9-8415-00e51811e7f3/objects/user/ada@contoso.com, /api/v1/tenants/{tenant}/*",
        "/api/v1/tenants/{tenant}/objects/{type}/{id}, /api/v1/tenants/{tenant}/objects/{type}/{id}",
        "/api/v1/coverage, /api/v1/coverage",
        "NOT_FOUND, NOT_FOUND"
    })
    void noIdThatACallerWritesReachesAMetric(String asked, String counted) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        registry.config().meterFilter(new UsefulMeters().withoutIdsOfCallers());

        registry.counter("http.server.requests", "uri", asked).increment();

        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(id -> id.getTag("uri"))
                .containsExactly(counted);
    }
}
