package io.tidemark.restore.plan;

import io.tidemark.contracts.RestoreCommand;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.canonical.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a restore would write, in order, and what it would leave open.
 *
 * @param steps every step, those that the guard blocked among them
 * @param open what will not be as it was
 */
public record RestorePlan(List<PlannedStep> steps, List<OpenPoint> open) {

    public RestorePlan {
        steps = List.copyOf(steps);
        open = List.copyOf(open);
    }

    /** The steps that would be sent. */
    public List<PlannedStep> sendable() {
        return steps.stream().filter(step -> !step.isBlocked()).toList();
    }

    /** The objects that would be written to. */
    public Set<ObjectRef> objects() {
        return sendable().stream()
                .map(planned -> planned.step().object())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** How many writes each operation takes. */
    public Map<String, Long> byOperation() {
        return sendable().stream()
                .collect(Collectors.groupingBy(
                        planned -> planned.step().operation(), TreeMap::new, Collectors.counting()));
    }

    public List<OpenPoint> open(OpenPoint.Why why) {
        return open.stream().filter(point -> point.why() == why).toList();
    }

    public RestorePlan withOpen(List<OpenPoint> more) {
        List<OpenPoint> all = new ArrayList<>(open);
        all.addAll(more);
        return new RestorePlan(steps, all);
    }

    /**
     * The hash that an approval binds: of the command, of every step with all that it writes and what it was planned against, and of what
     * stays open.
     */
    public String hash(RestoreCommand command) {
        StringBuilder text = new StringBuilder();
        line(text, command.tenantId(), command.commandId(), command.baseline());
        line(text, String.valueOf(command.options()), String.valueOf(command.selection()));
        for (PlannedStep planned : steps) {
            line(text, String.valueOf(planned.stage()), planned.stepId(), String.valueOf(planned.blocked()));
            line(text, StepText.text(planned.step()));
        }
        for (OpenPoint point : open) {
            line(text, point.why().name(), point.type(), point.id(), point.path());
        }
        return ContentHash.of(text.toString().getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static void line(StringBuilder text, String... parts) {
        text.append(String.join("\u001f", parts)).append('\n');
    }
}
