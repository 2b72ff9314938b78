package io.tidemark.localstack;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortsTest {

    private final StackOptions options = StackOptions.in(Path.of("."), Path.of("data"));

    @Test
    void aTakenPortIsNamedWithItsService() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StackOptions taken = options.withPortBase(other.getLocalPort() - ServiceName.DIFF.portOffset());

            assertThatThrownBy(() -> Ports.requireFree(taken))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("port")
                    .hasMessageContaining("is taken; choose others with --port-base");
        }
    }

    @Test
    void freePortsNeedNoCheck() {
        assertThatNoException().isThrownBy(() -> Ports.requireFree(options));
    }

    @Test
    void missingJarsAreNamedBeforeAnythingStarts() {
        assertThatThrownBy(() -> LocalStack.start(options, step -> {}))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("snapshot-service is not built");
    }
}
