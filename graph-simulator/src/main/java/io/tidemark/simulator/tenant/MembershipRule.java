package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The language of dynamic membership rules over users: comparisons joined by and, or, not and brackets. */
public final class MembershipRule {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(\\(|\\)|\\[[^]]*]|\"[^\"]*\"|'[^']*'|[^\\s()\\[\\]\"',]+)");
    private static final Map<String, Predicate<Entity>> PARSED = new ConcurrentHashMap<>();
    // Names of device properties that rules call otherwise.
    private static final Map<String, String> DEVICE = Map.of(
            "deviceostype", "operatingSystem",
            "deviceosversion", "operatingSystemVersion",
            "devicemanufacturer", "manufacturer",
            "devicemodel", "model",
            "devicetrusttype", "trustType",
            "organizationalunit", "displayName");
    private static final Predicate<Entity> NOT_UNDERSTOOD = entity -> false;

    private final List<String> tokens = new ArrayList<>();
    private int at;

    private MembershipRule(String text) {
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group(1));
        }
    }

    /** The rule as a predicate; {@code null} if its form is not understood. */
    public static @Nullable Predicate<Entity> parse(String text) {
        Predicate<Entity> parsed = PARSED.computeIfAbsent(text, t -> {
            MembershipRule rule = new MembershipRule(t);
            Predicate<Entity> whole = rule.or();
            return whole == null || rule.at < rule.tokens.size() ? NOT_UNDERSTOOD : whole;
        });
        return parsed == NOT_UNDERSTOOD ? null : parsed;
    }

    private @Nullable Predicate<Entity> or() {
        Predicate<Entity> left = and();
        while (left != null && accept("or")) {
            Predicate<Entity> right = and();
            left = right == null ? null : left.or(right);
        }
        return left;
    }

    private @Nullable Predicate<Entity> and() {
        Predicate<Entity> left = not();
        while (left != null && accept("and")) {
            Predicate<Entity> right = not();
            left = right == null ? null : left.and(right);
        }
        return left;
    }

    private @Nullable Predicate<Entity> not() {
        if (accept("not")) {
            Predicate<Entity> inner = not();
            return inner == null ? null : inner.negate();
        }
        if (accept("(")) {
            Predicate<Entity> inner = or();
            return inner != null && accept(")") ? inner : null;
        }
        return comparison();
    }

    private boolean accept(String word) {
        boolean found = at < tokens.size()
                && (tokens.get(at).equalsIgnoreCase(word) || tokens.get(at).equalsIgnoreCase("-" + word));
        if (found) {
            at++;
        }
        return found;
    }

    private @Nullable Predicate<Entity> comparison() {
        if (at + 2 >= tokens.size()) {
            return null;
        }
        String subject = tokens.get(at).toLowerCase(Locale.ROOT);
        boolean device = subject.startsWith("device.");
        if (!device && !subject.startsWith("user.")) {
            return null;
        }
        String name = device
                ? DEVICE.getOrDefault(subject.substring(7), subject.substring(7))
                : tokens.get(at).substring(5);
        at++;
        Kind users = Kinds.all().get(device ? "devices" : "users");
        String known = users.property(name);
        boolean extension = name.toLowerCase(Locale.ROOT).startsWith("extensionattribute");
        if (known == null && !extension && !name.startsWith("extension_")) {
            return null;
        }
        String property = known == null ? name : known;
        String operator = tokens.get(at++).toLowerCase(Locale.ROOT).replaceFirst("^-", "");
        String literal = tokens.get(at++);
        Predicate<String> test = test(operator, literal);
        return test == null ? null : entity -> test.test(value(entity, property, extension));
    }

    private static String value(Entity entity, String property, boolean extension) {
        JsonNode value = entity.get(property);
        if (extension) {
            JsonNode attributes = entity.get("onPremisesExtensionAttributes");
            value = member(attributes == null ? entity.get("extensionAttributes") : attributes, property);
        }
        return value == null || value.isNull() ? "" : value.asText();
    }

    private static @Nullable JsonNode member(@Nullable JsonNode attributes, String property) {
        return attributes == null ? null : attributes.get("extensionAttribute" + property.substring(18));
    }

    private static @Nullable Predicate<String> test(String operator, String literal) {
        String text = plain(literal).toLowerCase(Locale.ROOT);
        return switch (operator) {
            case "eq" -> value -> value.toLowerCase(Locale.ROOT).equals(text);
            case "ne" -> value -> !value.toLowerCase(Locale.ROOT).equals(text);
            case "startswith" -> value -> value.toLowerCase(Locale.ROOT).startsWith(text);
            case "notstartswith" -> value -> !value.toLowerCase(Locale.ROOT).startsWith(text);
            case "endswith" -> value -> value.toLowerCase(Locale.ROOT).endsWith(text);
            case "contains" -> value -> value.toLowerCase(Locale.ROOT).contains(text);
            case "notcontains" -> value -> !value.toLowerCase(Locale.ROOT).contains(text);
            case "match", "notmatch" -> pattern(operator.equals("match"), plain(literal));
            case "in", "notin" -> list(operator.equals("in"), literal);
            default -> null;
        };
    }

    private static String plain(String literal) {
        if (literal.equalsIgnoreCase("null") || literal.equalsIgnoreCase("$null")) {
            return "";
        }
        if (literal.equalsIgnoreCase("$true") || literal.equalsIgnoreCase("$false")) {
            return literal.substring(1);
        }
        boolean quoted = literal.length() >= 2 && (literal.startsWith("\"") || literal.startsWith("'"));
        return quoted ? literal.substring(1, literal.length() - 1) : literal;
    }

    private static @Nullable Predicate<String> pattern(boolean wanted, String text) {
        try {
            Pattern pattern = Pattern.compile(text, Pattern.CASE_INSENSITIVE);
            return value -> pattern.matcher(value).find() == wanted;
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private static @Nullable Predicate<String> list(boolean wanted, String literal) {
        if (!literal.startsWith("[")) {
            return null;
        }
        List<String> values = new ArrayList<>();
        for (String part : literal.substring(1, literal.length() - 1).split(",")) {
            values.add(plain(part.trim()).toLowerCase(Locale.ROOT));
        }
        return value -> values.contains(value.toLowerCase(Locale.ROOT)) == wanted;
    }
}
