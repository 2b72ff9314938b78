package io.tidemark.diff;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ChangeRecorded.Actor;
import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.contracts.ChangeRecorded.Mapping;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Related;
import io.tidemark.contracts.ChangeRecorded.Target;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.contracts.ObjectState.Source;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.directory.Link;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tenant as captures would publish it: makes states, keeps count of what is present, and writes the captures' reports. */
public final class SampleStates {

    public static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

    private final TenantId tenant;
    private final Map<StateKey, String> present = new TreeMap<>();
    private List<ObjectState> published = new ArrayList<>();
    private String capture = "none";
    private Instant now = START;

    public SampleStates(TenantId tenant) {
        this.tenant = tenant;
    }

    public Instant now() {
        return now;
    }

    public SampleStates at(Instant instant) {
        now = instant;
        return this;
    }

    public SampleStates capture(String id, Instant at) {
        capture = id;
        now = at;
        published = new ArrayList<>();
        return this;
    }

    public ObjectState object(ObjectKind kind, String id, String json) {
        JsonObject body = JsonText.parseObject(json);
        return put(new StateKey(kind.word(), id), Canonicaliser.hash(kind, body).hex(), body);
    }

    public ObjectState user(String id, String department) {
        return object(
                ObjectKind.USER,
                id,
                "{\"id\":\"" + id + "\",\"displayName\":\"Person " + id + "\",\"department\":"
                        + (department == null ? "null" : "\"" + department + "\"") + "}");
    }

    public ObjectState link(Link link, String targetType) {
        JsonObject body = JsonObject.EMPTY.with("targetType", new JsonString(targetType));
        return put(link.key(), Canonicaliser.hash(link).hex(), body);
    }

    public ObjectState delete(StateKey key, Deletion deletion) {
        present.remove(key);
        return publish(new ObjectState(
                tenant.toString(), key.type(), key.id(), null, capture, Source.FULL, now, deletion, null, List.of()));
    }

    public List<ObjectState> published() {
        return List.copyOf(published);
    }

    public CaptureReport started(CaptureMode mode) {
        return new CaptureReport(tenant.toString(), capture, mode, null, false, now, null, List.of(), null);
    }

    /** The sealed snapshot that a full capture of what is present now, begun at that moment, leads to. */
    public Snapshot sealed(String id, Instant startedAt) {
        return new Snapshot(
                tenant,
                id,
                Snapshot.State.SEALED,
                completed(CaptureMode.FULL, startedAt.plusSeconds(5)),
                startedAt,
                List.of(),
                null,
                startedAt.plusSeconds(9));
    }

    public CaptureReport completed(CaptureMode mode, Instant at) {
        Map<String, SetDigest> there = new TreeMap<>();
        Map<String, SetDigest> sent = new TreeMap<>();
        present.forEach((key, hash) ->
                there.merge(key.type(), SetDigest.EMPTY.plus(key, new ContentHash(hash)), SetDigest::plus));
        ContentHash deleted = ContentHash.of("deleted".getBytes(StandardCharsets.UTF_8));
        published.forEach(state -> sent.merge(
                state.objectType(),
                SetDigest.EMPTY.plus(
                        state.key(), state.deleted() == null ? new ContentHash(state.stateHash()) : deleted),
                SetDigest::plus));
        TreeMap<String, SetDigest> types = new TreeMap<>(there);
        sent.keySet().forEach(type -> types.putIfAbsent(type, SetDigest.EMPTY));
        List<TypeCount> counts = types.keySet().stream()
                .map(type -> {
                    SetDigest has = there.getOrDefault(type, SetDigest.EMPTY);
                    SetDigest was = sent.getOrDefault(type, SetDigest.EMPTY);
                    return new TypeCount(
                            type,
                            TypeCount.Outcome.COMPLETE,
                            null,
                            new CaptureReport.Reading(Source.FULL, START, at),
                            has.count(),
                            has.hex(),
                            was.count(),
                            was.hex());
                })
                .toList();
        return new CaptureReport(tenant.toString(), capture, mode, null, false, now, at, counts, null);
    }

    public ChangeRecorded change(
            String auditId,
            Operation operation,
            StateKey object,
            Instant at,
            List<Related> related,
            LoggedProperty... properties) {
        return new ChangeRecorded(
                tenant.toString(),
                auditId,
                "correlation-1",
                "Activity",
                "activity",
                "GroupManagement",
                operation,
                new Target(object.type(), object.id(), null),
                related,
                new Actor(Actor.Kind.APP, "sp-1", "Bulk script", null, "app-1", "198.51.100.7", null),
                List.of(properties),
                "success",
                at,
                false,
                Mapping.SPECIFIC);
    }

    /** The same change as one that failed. */
    public static ChangeRecorded failed(ChangeRecorded event) {
        return new ChangeRecorded(
                event.tenantId(),
                event.auditId(),
                event.correlationId(),
                event.activity(),
                event.activityKey(),
                event.category(),
                event.operation(),
                event.object(),
                event.related(),
                event.actor(),
                event.properties(),
                "failure",
                event.occurredAt(),
                event.truncated(),
                event.mapping());
    }

    public static Event<ObjectState> event(ObjectState state) {
        return new Event<>(
                Event.idOf(state.tenantId(), state.key().text(), state.captureId(), String.valueOf(state.stateHash())),
                EventType.OBJECT_STATE,
                "/tenants/" + state.tenantId() + "/snapshot-service",
                state.objectType() + "/" + state.objectId(),
                state.observedAt(),
                state.tenantId() + "|" + state.key().text(),
                null,
                state);
    }

    public static Event<CaptureReport> event(CaptureReport report, EventType type) {
        return new Event<>(
                Event.idOf(report.tenantId(), report.captureId(), type.name()),
                type,
                "/tenants/" + report.tenantId() + "/snapshot-service",
                "snapshot/" + report.captureId(),
                report.startedAt(),
                report.tenantId(),
                null,
                report);
    }

    public static Event<ChangeRecorded> event(ChangeRecorded change) {
        return new Event<>(
                change.auditId(),
                EventType.CHANGE_RECORDED,
                "/tenants/" + change.tenantId() + "/audit-ingest-service",
                change.object().type() + "/" + change.object().id(),
                change.occurredAt(),
                change.tenantId() + "|" + change.object().type() + "|"
                        + change.object().id(),
                null,
                change);
    }

    private ObjectState put(StateKey key, String hash, JsonObject body) {
        present.put(key, hash);
        return publish(new ObjectState(
                tenant.toString(), key.type(), key.id(), hash, capture, Source.FULL, now, null, body, List.of()));
    }

    private ObjectState publish(ObjectState state) {
        published.add(state);
        return state;
    }
}
