package io.tidemark.simulator.rules.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Effect;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.OpaqueIds;
import io.tidemark.simulator.tenant.TenantWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may have, or has for a time, a directory role or a place in a group. */
record Schedules(TenantWriter writer, Subject subject, boolean eligible) {

    /** Names the eligibility that an activation uses. */
    static final String USING = "activatedUsingId";

    /** What somebody gets: a role, or membership or ownership of a group. */
    enum Subject {
        ROLE("role", List.of("principalId", "roleDefinitionId", "directoryScopeId")),
        GROUP("group", List.of("principalId", "groupId", "accessId"));

        private final String prefix;
        private final List<String> keys;

        Subject(String prefix, List<String> keys) {
            this.prefix = prefix;
            this.keys = keys;
        }

        List<String> keys() {
            return keys;
        }
    }

    private String collection(String what) {
        return subject.prefix + (eligible ? "Eligibility" : "Assignment") + what;
    }

    Kind kind() {
        return Kinds.all().get(collection("Schedules"));
    }

    Kind instances() {
        return Kinds.all().get(collection("ScheduleInstances"));
    }

    Kind requests() {
        return Kinds.all().get(collection("ScheduleRequests"));
    }

    private String scheduleKey() {
        String name = subject == Subject.ROLE
                ? collection("ScheduleId")
                : (eligible ? "eligibility" : "assignment") + "ScheduleId";
        return name;
    }

    /** The schedule for the same principal and the same thing. */
    @Nullable
    Node find(Map<String, JsonNode> wanted) {
        JsonNode principal = wanted.get("principalId");
        if (principal == null) {
            return null;
        }
        for (Node schedule : writer.tenant().allBy(kind(), "principalId", principal.asText())) {
            if (schedule.live() && same(schedule, wanted)) {
                return schedule;
            }
        }
        return null;
    }

    private boolean same(Node schedule, Map<String, JsonNode> wanted) {
        for (String key : subject.keys) {
            JsonNode value = wanted.get(key);
            String stored = schedule.entity().text(key);
            if (value == null || stored == null || !stored.equalsIgnoreCase(value.asText())) {
                return false;
            }
        }
        return true;
    }

    /** Begins a schedule, and what it gives if its time has come. */
    Node begin(Node request, String type) {
        ObjectNode schedule = common(request.entity());
        String now = Json.time(writer.context().time()).asText();
        schedule.put(
                "id",
                subject == Subject.ROLE
                        ? request.id()
                        : request.entity().text("groupId") + "_"
                                + request.entity().text("accessId") + "_" + request.id());
        schedule.put("createdUsing", request.id());
        schedule.put("createdDateTime", now);
        schedule.put("modifiedDateTime", now);
        schedule.put("status", "Provisioned");
        schedule.put("memberType", subject == Subject.ROLE ? "Direct" : "direct");
        if (!eligible) {
            schedule.put("assignmentType", subject == Subject.ROLE ? type : type.toLowerCase(Locale.ROOT));
            schedule.set(USING, Json.text(request.entity().text(USING)));
        }
        JsonNode info = request.entity().get("scheduleInfo");
        schedule.set("scheduleInfo", info == null ? Json.object() : info);
        Node node = insert(kind(), schedule);
        if (eligible && subject == Subject.ROLE) {
            writer.context().effects().add(Effect.of(Effect.Type.CREATED, node, null, node.entity()));
        }
        if (!start(info, writer.context().time()).isAfter(writer.context().time())) {
            instantiate(node);
        }
        return node;
    }

    private String instanceId(String schedule) {
        String own = OpaqueIds.of(schedule, "instance");
        return subject == Subject.ROLE
                ? own
                : schedule.substring(0, schedule.lastIndexOf('_') + 1)
                        + UUID.nameUUIDFromBytes(own.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives what a schedule promises. */
    void instantiate(Node schedule) {
        Entity entity = schedule.entity();
        JsonNode info = entity.get("scheduleInfo");
        Instant begun = start(info, writer.context().time());
        Instant end = end(info, begun);
        ObjectNode instance = common(entity);
        instance.put("id", instanceId(schedule.id()));
        instance.put(scheduleKey(), schedule.id());
        instance.set("startDateTime", Json.time(begun));
        instance.set("endDateTime", end == null ? Json.text(null) : Json.time(end));
        instance.set("memberType", Json.text(entity.text("memberType")));
        if (eligible) {
            insert(instances(), instance);
            return;
        }
        instance.set("assignmentType", Json.text(entity.text("assignmentType")));
        String using = entity.text(USING);
        instance.set(USING, Json.text(using == null ? null : instanceId(using)));
        if (subject == Subject.GROUP) {
            insert(instances(), instance);
            join(entity, true);
            return;
        }
        ObjectNode row = RoleFaces.assignment(
                String.valueOf(entity.text("principalId")),
                String.valueOf(entity.text("roleDefinitionId")),
                String.valueOf(entity.text("directoryScopeId")));
        instance.set("roleAssignmentOriginId", row.get("id"));
        insert(instances(), instance);
        Node assignment = insert(Kinds.all().get("roleAssignments"), row);
        RoleFaces.appeared(writer.tenant(), assignment, new RoleFaces.Faces(writer.tenant(), writer));
        writer.context().effects().add(Effect.of(Effect.Type.CREATED, assignment, null, assignment.entity()));
    }

    /** Ends a schedule with everything that it gave. */
    void end(Node schedule) {
        RoleFaces.Faces faces = new RoleFaces.Faces(writer.tenant(), writer);
        Entity entity = schedule.entity();
        String principal = String.valueOf(entity.text("principalId"));
        boolean given = false;
        for (Node instance : List.copyOf(writer.tenant().allBy(instances(), "principalId", principal))) {
            if (schedule.id().equals(instance.entity().text(scheduleKey()))) {
                faces.gone(instance);
                given = true;
            }
        }
        faces.gone(schedule);
        if (eligible) {
            if (subject == Subject.ROLE) {
                writer.context().effects().add(Effect.of(Effect.Type.DELETED, schedule, entity, null));
            }
        } else if (given && subject == Subject.GROUP) {
            join(entity, false);
        } else if (given) {
            Node row = RoleFaces.row(
                    writer.tenant(),
                    principal,
                    String.valueOf(entity.text("roleDefinitionId")),
                    String.valueOf(entity.text("directoryScopeId")));
            if (row != null) {
                faces.gone(row);
                RoleFaces.vanished(writer.tenant(), row, faces);
                writer.context().effects().add(Effect.of(Effect.Type.DELETED, row, row.entity(), null));
            }
        }
    }

    private void join(Entity entity, boolean in) {
        Node group = writer.tenant().find(Kinds.all().get("groups"), String.valueOf(entity.text("groupId")));
        Node principal = writer.tenant().findAny(String.valueOf(entity.text("principalId")));
        String name = "owner".equals(entity.text("accessId")) ? "owners" : "members";
        Relation relation = group == null ? null : group.kind().relation(name);
        if (group == null || principal == null || relation == null || group.pointsTo(relation.via(), principal) == in) {
            return;
        }
        if (in) {
            writer.links().put(group, relation, principal);
        } else {
            writer.links().drop(group, relation, principal);
        }
    }

    private ObjectNode common(Entity from) {
        ObjectNode object = Json.object();
        for (String key : subject.keys) {
            object.set(key, Json.text(from.text(key)));
        }
        if (subject == Subject.ROLE) {
            object.set("appScopeId", Json.text(from.text("appScopeId")));
        }
        return object;
    }

    private Node insert(Kind kind, ObjectNode object) {
        Node node = writer.tenant().insert(kind, object.path("id").asText(), Entity.of(object));
        writer.journal(node, null, null, null, true);
        return node;
    }

    /** Puts the times of a schedule and its instance in force anew. */
    void change(Node schedule, JsonNode info) {
        writer.tenant()
                .table(kind())
                .replace(
                        schedule,
                        schedule.entity()
                                .with(Map.of(
                                        "scheduleInfo",
                                        info,
                                        "modifiedDateTime",
                                        Json.time(writer.context().time()))));
        Instant end = end(info, start(info, writer.context().time()));
        String principal = String.valueOf(schedule.entity().text("principalId"));
        for (Node instance : List.copyOf(writer.tenant().allBy(instances(), "principalId", principal))) {
            if (schedule.id().equals(instance.entity().text(scheduleKey()))) {
                writer.tenant()
                        .table(instances())
                        .replace(
                                instance,
                                instance.entity()
                                        .with(Map.of("endDateTime", end == null ? Json.text(null) : Json.time(end))));
            }
        }
    }

    /** The schedules whose time is over, and those whose time has come. */
    void settle() {
        Instant now = writer.context().time();
        List<Node> over = new ArrayList<>();
        List<Node> due = new ArrayList<>();
        Set<String> begun = new HashSet<>();
        for (Node instance : writer.tenant().after(instances(), 0)) {
            if (instance.live()) {
                begun.add(String.valueOf(instance.entity().text(scheduleKey())));
            }
        }
        for (Node schedule : writer.tenant().after(kind(), 0)) {
            if (schedule.live()) {
                JsonNode info = schedule.entity().get("scheduleInfo");
                Instant start = start(info, now);
                Instant end = end(info, start);
                if (end != null && !end.isAfter(now)) {
                    over.add(schedule);
                } else if (!start.isAfter(now) && !begun.contains(schedule.id())) {
                    due.add(schedule);
                }
            }
        }
        due.forEach(this::fallDue);
        over.forEach(this::end);
    }

    private void fallDue(Node schedule) {
        instantiate(schedule);
        Node request = writer.tenant()
                .find(requests(), String.valueOf(schedule.entity().text("createdUsing")));
        if (request != null && "Granted".equals(request.entity().text("status"))) {
            writer.tenant()
                    .table(requests())
                    .replace(request, request.entity().with(Map.of("status", Json.text("Provisioned"))));
        }
    }

    static Instant start(@Nullable JsonNode info, Instant otherwise) {
        JsonNode start = info == null ? null : info.get("startDateTime");
        if (start == null || start.isNull()) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(start.asText()).toInstant();
        } catch (DateTimeException e) {
            throw GraphRefusal.invalidValue("startDateTime", "requestSchedule");
        }
    }

    static @Nullable Instant end(@Nullable JsonNode info, Instant start) {
        JsonNode expiration = info == null ? Json.object() : info.path("expiration");
        try {
            return switch (expiration.path("type").asText("noExpiration")) {
                case "afterDuration" ->
                    start.plus(Duration.parse(expiration.path("duration").asText()));
                case "afterDateTime" ->
                    OffsetDateTime.parse(expiration.path("endDateTime").asText())
                            .toInstant();
                default -> null;
            };
        } catch (DateTimeException e) {
            throw GraphRefusal.invalidValue("expiration", "requestSchedule");
        }
    }
}
