package io.tidemark.backends;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a filter demands of {@code _id}: some values, or a range. It may admit more documents than the filter does, never
 * fewer; whoever uses it still applies the filter, unless the range {@linkplain #isWhole is the whole of it}.
 */
final class IdRange {
    private static final String ID = "_id";

    private @Nullable TreeSet<Object> points;
    private @Nullable Object from;
    private @Nullable Object to;

    private boolean whole;

    private IdRange() {}

    static IdRange of(Document filter) {
        var range = new IdRange();
        range.restrictBy(filter);
        range.whole = range.points != null
                && filter.size() == 1
                && filter.get(ID) instanceof Document operators
                && operators.size() == 1
                && operators.containsKey("$in");
        return range;
    }

    /** Whether the filter asks for these points and for nothing else. */
    boolean isWhole() {
        return whole;
    }

    /** The only ids that can match, in order; null if the filter names none. */
    @Nullable
    Collection<Object> points(Order order) {
        if (points == null) {
            return null;
        }
        return order == Order.DESCENDING ? points.descendingSet() : points;
    }

    /** The smallest id that can match; null if there is no bound. */
    @Nullable
    Object from() {
        return from;
    }

    /** The largest id that can match; null if there is no bound. */
    @Nullable
    Object to() {
        return to;
    }

    boolean isUnbounded() {
        return points == null && from == null && to == null;
    }

    private void restrictBy(Document filter) {
        for (Map.Entry<String, Object> condition : filter.entrySet()) {
            if (condition.getKey().equals(ID)) {
                restrictIdBy(condition.getValue());
            } else if (condition.getKey().equals("$and") && condition.getValue() instanceof Collection<?> all) {
                for (Object each : all) {
                    if (each instanceof Document conjunct) {
                        restrictBy(conjunct);
                    }
                }
            }
        }
    }

    private void restrictIdBy(@Nullable Object demand) {
        if (demand instanceof Document operators && isOperators(operators)) {
            operators.forEach(this::restrictIdBy);
        } else if (demand != null && isExact(demand)) {
            keep(List.of(demand));
        }
    }

    private void restrictIdBy(String operator, @Nullable Object operand) {
        if (operator.equals("$in") && operand instanceof Collection<?> values) {
            if (values.stream().allMatch(value -> value != null && isExact(value))) {
                keep(values);
            }
        } else if (operand != null && isExact(operand)) {
            restrictIdByExact(operator, operand);
        }
    }

    private void restrictIdByExact(String operator, Object operand) {
        switch (operator) {
            case "$eq" -> keep(List.of(operand));
            case "$gt", "$gte" -> {
                if (from == null || KeyType.INSTANCE.compare(operand, from) > 0) {
                    from = operand;
                }
            }
            case "$lt", "$lte" -> {
                if (to == null || KeyType.INSTANCE.compare(operand, to) < 0) {
                    to = operand;
                }
            }
            default -> {
                // The filter itself sees to every other operator.
            }
        }
    }

    private void keep(Collection<?> values) {
        var kept = new TreeSet<Object>(KeyType.INSTANCE);
        kept.addAll(values);
        if (points == null) {
            points = kept;
        } else {
            points.retainAll(kept);
        }
    }

    private static boolean isOperators(Document document) {
        return !document.isEmpty() && document.keySet().stream().allMatch(key -> key.startsWith("$"));
    }

    /** Whether a value stands for itself: neither a pattern nor something that MongoDB takes apart. */
    private static boolean isExact(Object value) {
        return !(value instanceof Collection)
                && !(value instanceof Document)
                && !BsonRegularExpression.isRegularExpression(value);
    }

    /** In which order documents are wanted. */
    enum Order {
        ASCENDING,
        DESCENDING
    }
}
