package io.tidemark.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceRoutesTest {

    private final ServiceRoutes routes = new ServiceRoutes(new ServicesConfig() {
        @Override
        public URI snapshotUrl() {
            return URI.create("http://snapshot");
        }

        @Override
        public URI auditUrl() {
            return URI.create("http://audit");
        }

        @Override
        public URI diffUrl() {
            return URI.create("http://diff");
        }

        @Override
        public URI restoreUrl() {
            return URI.create("http://restore");
        }
    });

    @ParameterizedTest
    @CsvSource({
        "/api/v1/tenants/t/captures, snapshot",
        "/api/v1/tenants/t/captures/c1, snapshot",
        "/api/v1/tenants/t/snapshots/s1, diff",
        "/api/v1/tenants/t/reports/r1/items, diff",
        "/api/v1/tenants/t/objects/user/u1/history, diff",
        "/api/v1/tenants/t/wanted-states, diff",
        "/api/v1/tenants/t/copies/targets, diff",
        "/api/v1/tenants/t/retention, diff",
        "/api/v1/tenants/t/restores/x/approve, restore",
        "/api/v1/tenants/t/ingestion, audit",
        "/api/v1/coverage, snapshot"
    })
    void everyResourceHasItsService(String path, String host) {
        assertThat(routes.find(path)).contains(URI.create("http://" + host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/tenants", "/api/v1/tenants/t", "/api/v1/tenants/t/secrets", "/api/v2/tenants/t/captures"
            })
    void whatNoServiceAnswersIsNotHandedOn(String path) {
        assertThat(routes.find(path)).isEmpty();
    }

    @Test
    void aPathThatOnlyBeginsLikeAResourceIsNotHandedOn() {
        assertThat(routes.find("/api/v1/tenants/t/captures2")).isEmpty();
    }
}
