package io.tidemark.layout;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class says in the log while it is listened to, in tests that log by the JDK's own means. */
public final class SaidLines extends Handler implements AutoCloseable {

    private final Logger log;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private SaidLines(Logger log) {
        this.log = log;
    }

    /** Listens until it is closed. */
    public static SaidLines of(Class<?> speaker) {
        SaidLines lines = new SaidLines(Logger.getLogger(speaker.getName()));
        lines.log.addHandler(lines);
        return lines;
    }

    /** The lines, with what follows them if a failure is shown with its trace. */
    public List<String> lines() {
        return records.stream()
                .map(record -> record.getMessage() + (record.getThrown() == null ? "" : " [with a trace]"))
                .toList();
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        log.removeHandler(this);
    }
}
