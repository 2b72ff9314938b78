package io.tidemark.diff.work;

import io.tidemark.contracts.Event;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How tasks of one kind are named, and how their orders and what came of them are spelt.
 *
 * @param kind which runner does them
 * @param orders what is ordered
 * @param results what comes of it
 */
public record TaskForm<O, R>(String kind, Class<O> orders, Class<R> results) {

    /** The id of a task; the same for the same subject and the same particulars. */
    public String id(String subject, String... particulars) {
        return Event.idOf(
                Stream.concat(Stream.of(kind, subject), Stream.of(particulars)).toArray(String[]::new));
    }

    /** An order as it is kept. */
    public String spelt(O order) {
        return TaskText.of(order);
    }

    /** What was ordered. */
    public O order(Task task) {
        return TaskText.read(task.order(), orders);
    }

    /** What came of it; null until it has ended well. */
    public @Nullable R result(Task task) {
        return task.result() == null ? null : TaskText.read(task.result(), results);
    }
}
