package io.tidemark.contracts;

import io.tidemark.directory.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of events, as {@code ce_type} spells them, with the topic each travels on and the record it carries. */
public enum EventType {
    OBJECT_STATE("object.state", Topic.OBJECT_STATE, ObjectState.class),
    SNAPSHOT_STARTED("snapshot.started", Topic.SNAPSHOT, CaptureReport.class),
    SNAPSHOT_COMPLETED("snapshot.completed", Topic.SNAPSHOT, CaptureReport.class),
    SNAPSHOT_INCOMPLETE("snapshot.incomplete", Topic.SNAPSHOT, CaptureReport.class),
    SNAPSHOT_FAILED("snapshot.failed", Topic.SNAPSHOT, CaptureReport.class),
    SNAPSHOT_SEALED("snapshot.sealed", Topic.SNAPSHOT, SnapshotSealed.class),
    AUDIT_RAW("audit.raw", Topic.AUDIT_RAW, AuditRaw.class),
    CHANGE_RECORDED("change.recorded", Topic.CHANGE, ChangeRecorded.class),
    REPORT_READY("diff-report.ready", Topic.DIFF_REPORT, ReportEvent.class),
    REPORT_FAILED("diff-report.failed", Topic.DIFF_REPORT, ReportEvent.class),
    RESTORE_PLAN("restore.plan", Topic.RESTORE_COMMAND, RestoreCommand.class),
    RESTORE_APPROVE("restore.approve", Topic.RESTORE_COMMAND, RestoreDecision.class),
    RESTORE_EXECUTE("restore.execute", Topic.RESTORE_COMMAND, RestoreDecision.class),
    RESTORE_CANCEL("restore.cancel", Topic.RESTORE_COMMAND, RestoreDecision.class),
    RESTORE_STATUS("restore.status", Topic.RESTORE_STATUS, RestoreStatus.class),
    RESTORE_ITEM("restore.item", Topic.RESTORE_ITEM, RestoreItem.class),
    SOC_FINDING("soc.finding", Topic.SOC_FINDING, JsonObject.class),
    SOC_ACTIVITY("soc.activity", Topic.SOC_ACTIVITY, JsonObject.class),
    OPS("ops", Topic.OPS, OpsEvent.class);

    private static final Map<String, EventType> BY_CE_TYPE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventType::ceType, type -> type));

    private final Topic topic;
    private final Class<?> payload;
    private final String ceType;
    private final String schema;

    EventType(String word, Topic topic, Class<?> payload) {
        this.topic = topic;
        this.payload = payload;
        this.ceType = "io.tidemark." + word + ".v1";
        this.schema = "urn:tidemark:schema:" + schemaName(payload) + ":v1";
    }

    private static String schemaName(Class<?> payload) {
        return payload == JsonObject.class
                ? "ocsf-event"
                : payload.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** The {@code ce_type}, such as {@code io.tidemark.object.state.v1}. */
    public String ceType() {
        return ceType;
    }

    /** The name of the payload's JSON Schema, as {@code ce_dataschema} spells it. */
    public String schema() {
        return schema;
    }

    public Topic topic() {
        return topic;
    }

    public Class<?> payload() {
        return payload;
    }

    /**
     * Reads a {@code ce_type}.
     *
     * @throws ContractException if this version of the contracts has no such type
     */
    public static EventType parse(String ceType) {
        EventType type = BY_CE_TYPE.get(ceType);
        if (type != null) {
            return type;
        }
        throw new ContractException("unknown event type '" + ceType + "'");
    }
}
