package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.kind.Schema;
import io.tidemark.simulator.tenant.Node;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A condition of {@code $filter}. */
sealed interface Filter {

    /** Whether the object meets it. */
    boolean test(Node node, Entity entity);

    /** What is missing without advanced query capabilities; {@code null} if nothing is. */
    default @Nullable String advanced() {
        return null;
    }

    /** How many conditions are joined by "or" at one place, at most; a list of values counts one for each. */
    default int alternatives() {
        return 1;
    }

    /** Why so many alternatives need an advanced query; {@code null} if they do not. */
    private static @Nullable String tooMany(int alternatives) {
        return alternatives <= 15
                ? null
                : "Too many child clauses specified in search filter expression containing 'OR' operators: "
                        + alternatives + ". Max allowed: 15.";
    }

    /** Both. */
    record And(Filter left, Filter right) implements Filter {
        @Override
        public int alternatives() {
            return Math.max(left.alternatives(), right.alternatives());
        }

        @Override
        public boolean test(Node node, Entity entity) {
            return left.test(node, entity) && right.test(node, entity);
        }

        @Override
        public @Nullable String advanced() {
            String first = left.advanced();
            return first == null ? right.advanced() : first;
        }
    }

    /** At least one. */
    record Or(Filter left, Filter right) implements Filter {
        @Override
        public int alternatives() {
            return left.alternatives() + right.alternatives();
        }

        @Override
        public boolean test(Node node, Entity entity) {
            return left.test(node, entity) || right.test(node, entity);
        }

        @Override
        public @Nullable String advanced() {
            String first = tooMany(alternatives());
            first = first == null ? left.advanced() : first;
            return first == null ? right.advanced() : first;
        }
    }

    /** The opposite. */
    record Not(Filter inner) implements Filter {
        @Override
        public int alternatives() {
            return inner.alternatives();
        }

        @Override
        public boolean test(Node node, Entity entity) {
            return !inner.test(node, entity);
        }

        @Override
        public String advanced() {
            return "The 'NOT' operator is not supported because the required parameters might be missing. Try adding"
                    + " $count=true query parameter and ConsistencyLevel:eventual header. Refer to"
                    + " https://aka.ms/graph-docs/advanced-queries for more information";
        }
    }

    /** A property against a literal. */
    record Compare(String property, Function<Entity, @Nullable JsonNode> value, String operator, Literal literal)
            implements Filter {
        @Override
        public boolean test(Node node, Entity entity) {
            JsonNode actual = value.apply(entity);
            // Of custom security attributes with several values, one is enough.
            if (actual != null && actual.isArray() && !literal.isNull()) {
                boolean other = operator.equals("ne");
                for (JsonNode one : actual) {
                    if (matches(one, operator, literal) != other) {
                        return !other;
                    }
                }
                return other;
            }
            return matches(actual, operator, literal);
        }

        @Override
        public @Nullable String advanced() {
            return switch (operator) {
                case "ne" -> "Unsupported property filter clause operator 'NotEqualsMatch'.";
                case "endswith" ->
                    "Operator 'endsWith' is not supported because the required parameters might be missing."
                            + " Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to"
                            + " https://aka.ms/graph-docs/advanced-queries for more information";
                default -> null;
            };
        }
    }

    /** A property against several literals. */
    record In(String property, Function<Entity, @Nullable JsonNode> value, List<Literal> literals) implements Filter {
        @Override
        public @Nullable String advanced() {
            return tooMany(alternatives());
        }

        @Override
        public int alternatives() {
            return literals.size();
        }

        @Override
        public boolean test(Node node, Entity entity) {
            JsonNode actual = value.apply(entity);
            return literals.stream().anyMatch(literal -> matches(actual, "eq", literal));
        }
    }

    /** Items of a list against a condition on one item. */
    record Each(
            Function<Entity, @Nullable JsonNode> value,
            boolean all,
            @Nullable ItemCondition condition) implements Filter {
        @Override
        public boolean test(Node node, Entity entity) {
            JsonNode list = value.apply(entity);
            if (list == null || !list.isArray()) {
                return all;
            }
            for (JsonNode item : list) {
                boolean met = condition == null || condition.test(item);
                if (met != all) {
                    return met;
                }
            }
            return all;
        }
    }

    /** Whether the object is of a type or of one that descends from it. */
    record OfType(String type) implements Filter {
        @Override
        public boolean test(Node node, Entity entity) {
            String stored = entity.text("@odata.type");
            String own = stored == null ? node.kind().type() : stored.substring(stored.lastIndexOf('.') + 1);
            return Schema.v1().descends(own.replace("#", ""), type);
        }
    }

    /** How many items or links there are. */
    record Count(Function<Node, Integer> size, String operator, int wanted) implements Filter {
        @Override
        public boolean test(Node node, Entity entity) {
            int actual = size.apply(node);
            return switch (operator) {
                case "ne" -> actual != wanted;
                case "gt" -> actual > wanted;
                case "ge" -> actual >= wanted;
                case "lt" -> actual < wanted;
                case "le" -> actual <= wanted;
                default -> actual == wanted;
            };
        }

        @Override
        public String advanced() {
            return "Unsupported or invalid query filter clause specified for property '$count' of resource.";
        }
    }

    /** Whether one of the objects that a relation leads to meets a condition. */
    record Related(Function<Node, List<Node>> ends, Filter inner) implements Filter {
        @Override
        public boolean test(Node node, Entity entity) {
            return ends.apply(node).stream().anyMatch(end -> end.live() && inner.test(end, end.entity()));
        }
    }

    /** A condition on one item of a list. */
    @FunctionalInterface
    interface ItemCondition {
        /** Whether the item meets it. */
        boolean test(JsonNode item);
    }

    /** A value written in a filter: a text, a number, a moment, true, false or null. */
    record Literal(String text, boolean quoted) {
        boolean isNull() {
            return !quoted && text.equals("null");
        }
    }

    /** Whether a value stands in this relation to a literal. */
    static boolean matches(@Nullable JsonNode value, String operator, Literal literal) {
        boolean absent = value == null || value.isNull();
        if (literal.isNull()) {
            return operator.equals("ne") ? !absent : operator.equals("eq") && absent;
        }
        if (value == null || absent) {
            return operator.equals("ne");
        }
        String actual = value.asText();
        String wanted = literal.text();
        return switch (operator) {
            case "eq" -> same(value, literal);
            case "ne" -> !same(value, literal);
            case "startswith" -> actual.regionMatches(true, 0, wanted, 0, wanted.length());
            case "endswith" ->
                actual.regionMatches(true, actual.length() - wanted.length(), wanted, 0, wanted.length());
            case "contains" -> actual.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
            case "has" -> flags(actual).containsAll(flags(wanted));
            case "ge" -> order(value, literal) >= 0;
            case "gt" -> order(value, literal) > 0;
            case "le" -> order(value, literal) <= 0;
            case "lt" -> order(value, literal) < 0;
            default -> false;
        };
    }

    private static Set<String> flags(String text) {
        return Set.copyOf(List.of(text.toLowerCase(Locale.ROOT).split("\\s*,\\s*")));
    }

    private static boolean same(JsonNode value, Literal literal) {
        if (value.isTextual() && value.asText().equalsIgnoreCase(literal.text())) {
            return true;
        }
        return value.isTextual() && literal.quoted() ? false : order(value, literal) == 0;
    }

    private static int order(JsonNode value, Literal literal) {
        if (value.isNumber()) {
            try {
                return value.decimalValue().compareTo(new BigDecimal(literal.text()));
            } catch (NumberFormatException e) {
                return -1;
            }
        }
        if (!literal.quoted() && value.isTextual()) {
            try {
                return OffsetDateTime.parse(value.asText())
                        .toInstant()
                        .compareTo(OffsetDateTime.parse(literal.text()).toInstant());
            } catch (DateTimeException e) {
                return value.asText().compareToIgnoreCase(literal.text());
            }
        }
        return value.asText().compareToIgnoreCase(literal.text());
    }
}
