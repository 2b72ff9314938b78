package io.tidemark.audit.source;

import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** An audit log whose entries show up when the script says, as Graph's do. */
final class ScriptedLog implements AuditSource {

    private record Line(Instant occurredAt, Instant visibleFrom, JsonObject entry) {}

    private final TenantId tenant;
    private final Clock clock;
    private final List<Line> lines = new ArrayList<>();
    private final List<Span> asked = new ArrayList<>();
    private int failAfter = Integer.MAX_VALUE;

    ScriptedLog(TenantId tenant, Clock clock) {
        this.tenant = tenant;
        this.clock = clock;
    }

    /** Something happens now and shows up later. */
    void happens(String id, Duration late) {
        happens(id, clock.instant(), late);
    }

    void happens(String id, Instant at, Duration late) {
        lines.add(new Line(at, at.plus(late), entry(id, at)));
    }

    /** The next reading breaks off after so many entries. */
    void breakOffAfter(int entries) {
        failAfter = entries;
    }

    List<Span> asked() {
        return asked;
    }

    List<String> ids() {
        return lines.stream()
                .map(line -> line.entry().findString("id").orElseThrow())
                .toList();
    }

    @Override
    public List<TenantId> tenants() {
        return List.of(tenant);
    }

    @Override
    public void read(TenantId whose, Instant from, Instant to, Consumer<JsonObject> sink) {
        asked.add(new Span(from, to));
        List<Line> shown = lines.stream()
                .filter(line -> !line.visibleFrom().isAfter(clock.instant()))
                .filter(line ->
                        !line.occurredAt().isBefore(from) && !line.occurredAt().isAfter(to))
                .sorted(Comparator.comparing(Line::occurredAt))
                .toList();
        for (Line line : shown) {
            if (failAfter-- <= 0) {
                failAfter = Integer.MAX_VALUE;
                throw new IllegalStateException("the reading broke off");
            }
            sink.accept(line.entry());
        }
    }

    static JsonObject entry(String id, Instant at) {
        return JsonText.parseObject("{\"id\":\"" + id
                + "\",\"activityDisplayName\":\"Update user\",\"activityDateTime\":\""
                + at + "\",\"result\":\"success\",\"correlationId\":\"c\",\"targetResources\":[{\"id\":\"u-" + id
                + "\",\"type\":\"User\"}]}");
    }
}
