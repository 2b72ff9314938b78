package io.tidemark.graph.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.graph.FastTime;
import io.tidemark.graph.StubGraph;
import io.tidemark.graph.transport.GraphConnection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditLogReaderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final String EXPIRED = "{\"error\":{\"code\":\"Directory_ExpiredPageToken\",\"message\":\"x\"}}";

    private final StubGraph graph = new StubGraph();
    private final GraphConnection connection = graph.connect(new FastTime(NOW));
    private final AuditLogReader reader = new AuditLogReader(connection);
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void stop() {
        connection.close();
        graph.close();
    }

    @Test
    void aSpanIsReadOldestFirstToItsEnd() {
        graph.answers(200, page(event("a", "07:00:00Z"), graph.url("auditLogs/directoryAudits?$skiptoken=a")))
                .answers(200, page(event("b", "07:30:00.1234567Z"), ""));

        AuditLogReader.Reading reading = read("2026-03-01T06:00:00Z");

        assertThat(seen).containsExactly("a", "b");
        assertThat(reading).isEqualTo(new AuditLogReader.Reading(Instant.parse("2026-03-01T06:00:00Z"), NOW, 2, 2));
        assertThat(uri(0))
                .isEqualTo("/v1.0/auditLogs/directoryAudits?$filter=activityDateTime ge 2026-03-01T06:00:00Z and"
                        + " activityDateTime le 2026-03-01T08:00:00Z&$orderby=activityDateTime asc&$top=999");
    }

    @Test
    void readingBeginsWhereTheLogBegins() {
        graph.answers(200, "{\"value\":[]}");

        assertThat(read("2020-01-01T00:00:00Z").from()).isEqualTo(NOW.minus(AuditLogReader.RETENTION));
        assertThat(uri(0)).contains("ge 2026-01-30T08:00:00Z");
    }

    @Test
    void afterAnExpiredPageReadingGoesOnFromTheLastEvent() {
        graph.answers(200, page(event("a", "07:00:00Z"), graph.url("auditLogs/directoryAudits?$skiptoken=a")))
                .answers(400, EXPIRED)
                .answers(200, page(event("a", "07:00:00Z") + "," + event("b", "07:10:00Z"), ""));

        read("2026-03-01T06:00:00Z");

        assertThat(seen).containsExactly("a", "a", "b");
        assertThat(uri(2)).contains("ge 2026-03-01T07:00:00Z");
    }

    @Test
    void ifTheLogCameOutOfOrderReadingBeginsAgain() {
        graph.answers(
                        200,
                        page(
                                event("b", "07:30:00Z") + "," + event("a", "07:00:00Z"),
                                graph.url("auditLogs/directoryAudits?$skiptoken=a")))
                .answers(400, EXPIRED)
                .answers(200, page(event("c", "06:30:00Z"), ""));

        read("2026-03-01T06:00:00Z");

        assertThat(uri(2)).contains("ge 2026-03-01T06:00:00Z");
    }

    private AuditLogReader.Reading read(String from) {
        return reader.read(
                Instant.parse(from),
                NOW,
                event -> seen.add(event.findString("id").orElseThrow()));
    }

    private String uri(int request) {
        return URLDecoder.decode(graph.asked().get(request).uri(), StandardCharsets.UTF_8);
    }

    private static String event(String id, String time) {
        return "{\"id\":\"" + id + "\",\"activityDateTime\":\"2026-03-01T" + time + "\"}";
    }

    private static String page(String events, String next) {
        return "{\"value\":[" + events + "]" + (next.isEmpty() ? "" : ",\"@odata.nextLink\":\"" + next + "\"") + "}";
    }
}
