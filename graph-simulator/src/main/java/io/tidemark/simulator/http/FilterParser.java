package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.http.Filter.ItemCondition;
import io.tidemark.simulator.http.Filter.Literal;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.kind.Schema;
import io.tidemark.simulator.kind.Schema.TypeRef;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.SchemaExtensions;
import io.tidemark.simulator.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code $filter}. */
final class FilterParser {

    private static final Set<String> OPERATORS = Set.of("eq", "ne", "ge", "gt", "le", "lt", "in", "has", "not");
    private static final Set<String> FUNCTIONS = Set.of("startswith", "endswith", "contains");
    private static final String NAMESPACE = "microsoft.graph.";
    private static final int DEEPEST = 60;

    private final Kind kind;
    private final @Nullable Tenant tenant;
    private final List<String> tokens = new ArrayList<>();
    private int at;
    private int depth;

    private FilterParser(Kind kind, String text, @Nullable Tenant tenant) {
        this.kind = kind;
        this.tenant = tenant;
        tokens.addAll(FilterTokens.of(text));
    }

    static Filter parse(Kind kind, String text) {
        return parse(kind, text, null);
    }

    /** Reads a filter that may speak of rows and extensions of a tenant. */
    static Filter parse(Kind kind, String text, @Nullable Tenant tenant) {
        FilterParser parser = new FilterParser(kind, text, tenant);
        Filter whole = parser.or();
        if (parser.at < parser.tokens.size()) {
            throw invalid("Syntax error near '" + parser.tokens.get(parser.at) + "'.");
        }
        return whole;
    }

    static GraphRefusal invalid(String why) {
        return GraphRefusal.badQuery("Invalid filter clause: " + why);
    }

    private Filter or() {
        if (++depth > DEEPEST) {
            throw invalid("The filter is too deep.");
        }
        Filter left = and();
        while (accept("or")) {
            left = new Filter.Or(left, and());
        }
        depth--;
        return left;
    }

    private Filter and() {
        Filter left = not();
        while (accept("and")) {
            left = new Filter.And(left, not());
        }
        return left;
    }

    private Filter not() {
        if (accept("not")) {
            if (++depth > DEEPEST) {
                throw invalid("The filter is too deep.");
            }
            Filter inner = not();
            depth--;
            return new Filter.Not(inner);
        }
        if (accept("(")) {
            Filter inner = or();
            expect(")");
            return inner;
        }
        return condition();
    }

    private Filter condition() {
        String word = next();
        String lower = word.toLowerCase(Locale.ROOT);
        if (FUNCTIONS.contains(lower)) {
            expect("(");
            String path = next();
            expect(",");
            Literal literal = literal();
            expect(")");
            if (accept("eq")) {
                boolean wanted = next().equals("true");
                Filter inner = new Filter.Compare(path, path(path), lower, literal);
                return wanted ? inner : new Filter.Not(inner);
            }
            if (lower.equals("contains") && kind.directoryObject()) {
                throw GraphRefusal.unsupportedQuery("Unsupported Query.");
            }
            return new Filter.Compare(path, path(path), lower, literal);
        }
        if (lower.equals("isof")) {
            return ofType();
        }
        if (word.endsWith("/any") || word.endsWith("/all")) {
            return each(word);
        }
        if (word.endsWith("/$count")) {
            return count(word.substring(0, word.length() - "/$count".length()));
        }
        if (at >= tokens.size() || !OPERATORS.contains(tokens.get(at).toLowerCase(Locale.ROOT))) {
            if (boolType(word)) {
                return new Filter.Compare(word, path(word), "eq", new Literal("true", false));
            }
            throw invalid("Syntax error near '" + word + "'.");
        }
        int slash = word.indexOf('/');
        Relation relation = slash > 0 && kind.property(word.substring(0, slash)) == null
                ? kind.relation(word.substring(0, slash))
                : null;
        if (relation != null) {
            return related(relation, word.substring(slash + 1));
        }
        String operator = next().toLowerCase(Locale.ROOT);
        if (operator.equals("not") && accept("in")) {
            return new Filter.Not(new Filter.In(word, path(word), literals()));
        }
        if (operator.equals("in")) {
            return new Filter.In(word, path(word), literals());
        }
        Function<Entity, @Nullable JsonNode> value = path(word);
        Literal literal = literal();
        LiteralTypes.check(kind.properties(), word, operator, literal);
        return new Filter.Compare(word, value, operator, literal);
    }

    /** A condition on what a relation leads to. */
    private Filter related(Relation relation, String path) {
        Kind target = Kinds.all().get(relation.targets().get(0));
        Function<Entity, @Nullable JsonNode> value = new FilterParser(target, "", tenant).path(path);
        String operator = next().toLowerCase(Locale.ROOT);
        Filter inner = operator.equals("in")
                ? new Filter.In(path, value, literals())
                : new Filter.Compare(path, value, operator, literal());
        return new Filter.Related(ends(relation), inner);
    }

    private Function<Node, List<Node>> ends(Relation relation) {
        String via = relation.via();
        Tenant rows = tenant;
        return switch (relation.form()) {
            case STORED, CHILDREN -> node -> node.targets(via);
            case INVERSE -> node -> node.sources(via);
            case ROWS -> {
                if (rows == null) {
                    throw invalid("The relation '" + relation.name() + "' cannot be followed here.");
                }
                Kind target = Kinds.all().get(relation.targets().get(0));
                yield node -> rows.allBy(target, via, node.id());
            }
            default -> throw invalid("The relation '" + relation.name() + "' cannot be followed here.");
        };
    }

    private Filter ofType() {
        expect("(");
        String type = literal().text();
        if (accept(",")) {
            type = literal().text();
        }
        expect(")");
        String wanted = type.substring(type.lastIndexOf('.') + 1);
        return new Filter.OfType(wanted);
    }

    private boolean boolType(String word) {
        String property = kind.property(word);
        TypeRef type = property == null ? null : kind.properties().get(property);
        return type != null && type.name().equals("Boolean");
    }

    private Filter each(String word) {
        boolean all = word.endsWith("/all");
        String path = word.substring(0, word.length() - 4);
        expect("(");
        if (accept(")")) {
            return new Filter.Each(path(path), all, null);
        }
        String variable = next();
        if (!variable.endsWith(":")) {
            int colon = variable.indexOf(':');
            if (colon < 0) {
                throw invalid("A lambda needs a variable.");
            }
            tokens.add(at, variable.substring(colon + 1));
            variable = variable.substring(0, colon + 1);
        }
        ItemCondition condition = itemOr(variable.substring(0, variable.length() - 1));
        expect(")");
        return new Filter.Each(path(path), all, condition);
    }

    private ItemCondition itemOr(String variable) {
        ItemCondition left = itemAnd(variable);
        while (accept("or")) {
            ItemCondition first = left;
            ItemCondition second = itemAnd(variable);
            left = item -> first.test(item) || second.test(item);
        }
        return left;
    }

    private ItemCondition itemAnd(String variable) {
        ItemCondition left = itemCondition(variable);
        while (accept("and")) {
            ItemCondition first = left;
            ItemCondition second = itemCondition(variable);
            left = item -> first.test(item) && second.test(item);
        }
        return left;
    }

    private ItemCondition itemCondition(String variable) {
        String word = next();
        String lower = word.toLowerCase(Locale.ROOT);
        String operator;
        String path;
        Literal literal;
        if (FUNCTIONS.contains(lower)) {
            expect("(");
            path = next();
            expect(",");
            literal = literal();
            expect(")");
            operator = lower;
        } else {
            path = word;
            operator = next().toLowerCase(Locale.ROOT);
            if (operator.equals("in")) {
                List<Literal> literals = literals();
                return item -> literals.stream().anyMatch(l -> Filter.matches(inside(item, path, variable), "eq", l));
            }
            literal = literal();
        }
        return item -> Filter.matches(inside(item, path, variable), operator, literal);
    }

    private static @Nullable JsonNode inside(JsonNode item, String path, String variable) {
        if (path.equals(variable)) {
            return item;
        }
        String plain = path.startsWith(variable + "/") ? path.substring(variable.length() + 1) : path;
        JsonNode value = item;
        for (String part : plain.split("/")) {
            value = value == null ? null : value.get(part);
        }
        return value;
    }

    private Filter count(String path) {
        String operator = next().toLowerCase(Locale.ROOT);
        int wanted;
        try {
            wanted = Integer.parseInt(next());
        } catch (NumberFormatException e) {
            throw invalid("A count is compared with a number.");
        }
        Relation relation = kind.relation(path);
        if (relation != null) {
            Function<Node, List<Node>> ends = ends(relation);
            return new Filter.Count(
                    node -> (int) ends.apply(node).stream().filter(Node::live).count(), operator, wanted);
        }
        Function<Entity, @Nullable JsonNode> value = path(path);
        return new Filter.Count(
                node -> {
                    JsonNode list = value.apply(node.entity());
                    return list == null ? 0 : list.size();
                },
                operator,
                wanted);
    }

    private List<Literal> literals() {
        List<Literal> all = new ArrayList<>();
        expect("(");
        do {
            all.add(literal());
        } while (accept(","));
        expect(")");
        return all;
    }

    private Literal literal() {
        String token = next();
        if (token.startsWith("'")) {
            return new Literal(token.substring(1, token.length() - 1).replace("''", "'"), true);
        }
        return new Literal(token, false);
    }

    private Function<Entity, @Nullable JsonNode> path(String path) {
        String[] steps = path.split("/");
        // Types on the way are left out, but not a name that is all there is.
        String[] parts = Stream.of(steps)
                .filter(step -> steps.length == 1 || !step.startsWith(NAMESPACE))
                .toArray(String[]::new);
        if (parts.length == 0) {
            throw invalid("Could not find a property named '" + path + "'.");
        }
        String property = kind.property(parts[0]);
        if (property == null && parts[0].startsWith("extension_")) {
            property = parts[0];
        }
        Tenant own = tenant;
        if (property == null && own != null && SchemaExtensions.definition(own, kind, parts[0]) != null) {
            property = parts[0];
        }
        if (property == null) {
            throw invalid("Could not find a property named '" + parts[0] + "' on type 'microsoft.graph." + kind.type()
                    + "'.");
        }
        String top = property;
        if (parts.length == 1) {
            return entity -> entity.get(top);
        }
        TypeRef type = kind.properties().get(top);
        if (type != null && Schema.v1().properties(type.name()) == null) {
            throw invalid("The property '" + top + "' has no members.");
        }
        return entity -> {
            JsonNode value = entity.get(top);
            for (int i = 1; i < parts.length && value != null; i++) {
                value = value.get(parts[i]);
            }
            return value;
        };
    }

    private String next() {
        if (at >= tokens.size()) {
            throw invalid("The filter ends too early.");
        }
        return tokens.get(at++);
    }

    private boolean accept(String word) {
        boolean found = at < tokens.size() && tokens.get(at).equalsIgnoreCase(word);
        if (found) {
            at++;
        }
        return found;
    }

    private void expect(String word) {
        if (!accept(word)) {
            throw invalid("Expected '" + word + "'.");
        }
    }
}
