package io.tidemark.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.layout.SaidLines;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {

    @Test
    void aBrokerThatIsAwayIsToldOnceHoweverManyWaitForItAndSoIsItsReturn() {
        KafkaConnection connection = new KafkaConnection(Map.of());
        try (SaidLines said = SaidLines.of(KafkaConnection.class)) {
            connection.answered();
            connection.fellSilent();
            connection.fellSilent();
            connection.answered();
            connection.answered();
            connection.fellSilent();

            String away = "broker does not answer, what is to be sent waits minutes=10 todo=" + Outage.TODO;
            assertThat(said.lines()).containsExactly(away, "broker answers again todo=none", away);
        }
    }
}
