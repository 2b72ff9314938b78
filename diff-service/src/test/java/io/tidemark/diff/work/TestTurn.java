package io.tidemark.diff.work;

import io.tidemark.diff.work.Task.Progress;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A turn that nobody else wants; keeps what it is told. */
public final class TestTurn implements Turn {

    private final List<String> lines = new ArrayList<>();
    private Task task;

    public TestTurn(TenantId tenant, String kind, String subject) {
        this.task = Task.ordered(tenant, "t1", kind, subject, "{}", Instant.EPOCH);
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public void progress(Progress progress) {
        task = task.at(progress, task.checkpoint(), task.pages());
    }

    @Override
    public void checkpoint(String checkpoint) {
        task = task.at(task.progress(), checkpoint, task.pages());
    }

    @Override
    public void line(String line) {
        lines.add(line);
    }

    /** The lines that came of it. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void pause() {}
}
