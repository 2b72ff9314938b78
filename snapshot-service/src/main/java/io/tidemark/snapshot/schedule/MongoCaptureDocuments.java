package io.tidemark.snapshot.schedule;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.Reading;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.CaptureReport.TypeCount.Outcome;
import io.tidemark.contracts.ObjectState.Source;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.TenantId;
import io.tidemark.snapshot.capture.CaptureOrder;
import io.tidemark.snapshot.capture.newer.NewerFound;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Captures as MongoDB documents. */
final class MongoCaptureDocuments {

    private MongoCaptureDocuments() {}

    static String id(TenantId tenant, String captureId) {
        return tenant + "|" + captureId;
    }

    static Document of(Capture capture) {
        CaptureOrder order = capture.order();
        return new Document("_id", id(order.tenant(), capture.id()))
                .append("tenant", order.tenant().toString())
                .append("captureId", capture.id())
                .append("mode", order.mode().name())
                .append("label", order.label())
                .append("pinned", order.pinned())
                .append(
                        "objects",
                        order.objects().stream()
                                .map(ref -> new Document("type", ref.kind().word())
                                        .append("id", ref.id().value()))
                                .toList())
                .append("reconcile", order.reconcile())
                .append("state", capture.state().name())
                .append("sealed", capture.sealed())
                .append("attempt", capture.attempt())
                .append("requestedAt", Date.from(capture.requestedAt()))
                .append("startedAt", date(capture.startedAt()))
                .append("completedAt", date(capture.completedAt()))
                .append(
                        "types",
                        capture.types().stream()
                                .map(MongoCaptureDocuments::count)
                                .toList())
                .append("reason", capture.reason())
                .append("requests", capture.requests())
                .append("objectsRead", capture.objectsRead())
                .append("underWay", capture.underWay())
                .append(
                        "newer",
                        capture.newer().stream()
                                .map(MongoCaptureDocuments::newer)
                                .toList());
    }

    static Capture read(Document stored) {
        List<ObjectRef> objects = stored.getList("objects", Document.class).stream()
                .map(ref -> ObjectRef.of(ObjectKind.parse(ref.getString("type")), ref.getString("id")))
                .toList();
        CaptureOrder order = new CaptureOrder(
                stored.getString("captureId"),
                TenantId.parse(stored.getString("tenant")),
                CaptureMode.valueOf(stored.getString("mode")),
                stored.getString("label"),
                stored.getBoolean("pinned", false),
                objects,
                stored.getBoolean("reconcile", false));
        return new Capture(
                order,
                Capture.State.valueOf(stored.getString("state")),
                stored.getBoolean("sealed", false),
                stored.getInteger("attempt", 1),
                stored.getDate("requestedAt").toInstant(),
                instant(stored.getDate("startedAt")),
                instant(stored.getDate("completedAt")),
                stored.getList("types", Document.class).stream()
                        .map(MongoCaptureDocuments::count)
                        .toList(),
                stored.getString("reason"),
                stored.get("requests", Number.class).longValue(),
                stored.get("objectsRead", Number.class).longValue(),
                stored.getList("underWay", String.class, List.of()),
                stored.getList("newer", Document.class, List.of()).stream()
                        .map(MongoCaptureDocuments::newer)
                        .toList());
    }

    private static Document newer(NewerFound found) {
        return new Document("kind", found.kind())
                .append("read", found.read())
                .append(
                        "leftOut",
                        found.leftOut().entrySet().stream()
                                .map(one -> new Document("name", one.getKey()).append("reason", one.getValue()))
                                .toList());
    }

    private static NewerFound newer(Document stored) {
        Map<String, String> leftOut = new LinkedHashMap<>();
        stored.getList("leftOut", Document.class)
                .forEach(one -> leftOut.put(one.getString("name"), one.getString("reason")));
        return new NewerFound(stored.getString("kind"), stored.getList("read", String.class), leftOut);
    }

    private static Document count(TypeCount count) {
        return new Document("type", count.type())
                .append("outcome", count.outcome().name())
                .append("reason", count.reason())
                .append("reading", reading(count.reading()))
                .append("present", count.present())
                .append("presentDigest", count.presentDigest())
                .append("published", count.published())
                .append("publishedDigest", count.publishedDigest());
    }

    private static TypeCount count(Document stored) {
        return new TypeCount(
                stored.getString("type"),
                Outcome.valueOf(stored.getString("outcome")),
                stored.getString("reason"),
                reading(stored.get("reading", Document.class)),
                stored.get("present", Number.class).longValue(),
                stored.getString("presentDigest"),
                stored.get("published", Number.class).longValue(),
                stored.getString("publishedDigest"));
    }

    private static @Nullable Document reading(@Nullable Reading reading) {
        return reading == null
                ? null
                : new Document("source", reading.source().name())
                        .append("startedAt", Date.from(reading.startedAt()))
                        .append("endedAt", Date.from(reading.endedAt()));
    }

    private static @Nullable Reading reading(@Nullable Document stored) {
        return stored == null
                ? null
                : new Reading(
                        Source.valueOf(stored.getString("source")),
                        stored.getDate("startedAt").toInstant(),
                        stored.getDate("endedAt").toInstant());
    }

    private static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
