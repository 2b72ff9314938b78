package io.tidemark.contracts;

/** The topics. Names get a configurable prefix, {@code tidemark} by default. */
public enum Topic {
    OBJECT_STATE("object-state.v1", 12),
    SNAPSHOT("snapshot.v1", 3),
    AUDIT_RAW("audit-raw.v1", 12),
    CHANGE("change.v1", 12),
    DIFF_REPORT("diff-report.v1", 6),
    RESTORE_COMMAND("restore-command.v1", 6),
    RESTORE_STATUS("restore-status.v1", 6),
    RESTORE_ITEM("restore-item.v1", 12),
    SOC_FINDING("soc.finding.v1", 3),
    SOC_ACTIVITY("soc.activity.v1", 12),
    OPS("ops.v1", 3);

    private final String suffix;
    private final int partitions;

    Topic(String suffix, int partitions) {
        this.suffix = suffix;
        this.partitions = partitions;
    }

    /** The topic's full name. */
    public String name(String prefix) {
        return prefix + "." + suffix;
    }

    public int partitions() {
        return partitions;
    }

    /** Whether only the newest record of a key is kept. */
    public boolean compacted() {
        return this == OBJECT_STATE;
    }

    /** The name of a consumer group's dead-letter topic. */
    public static String deadLetters(String prefix, String group) {
        return prefix + ".dlt." + group + ".v1";
    }
}
