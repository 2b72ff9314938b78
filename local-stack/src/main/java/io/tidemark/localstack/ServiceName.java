package io.tidemark.localstack;

/** The processes of the stack, in the order in which they are started. */
public enum ServiceName {
    SNAPSHOT("snapshot-service", 1, "256m"),
    AUDIT("audit-ingest-service", 2, "192m"),
    DIFF("diff-service", 3, "256m"),
    RESTORE("restore-service", 4, "256m"),
    CONSOLE("console", 0, "96m");

    private final String module;
    private final int portOffset;
    private final String heap;

    ServiceName(String module, int portOffset, String heap) {
        this.module = module;
        this.portOffset = portOffset;
        this.heap = heap;
    }

    /** The module, which is also the service's name. */
    public String module() {
        return module;
    }

    int portOffset() {
        return portOffset;
    }

    String heap() {
        return heap;
    }
}
