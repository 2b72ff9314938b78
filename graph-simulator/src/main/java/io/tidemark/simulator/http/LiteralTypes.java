package io.tidemark.simulator.http;

import io.tidemark.simulator.http.Filter.Literal;
import io.tidemark.simulator.kind.Schema;
import io.tidemark.simulator.kind.Schema.TypeRef;
import io.tidemark.simulator.tenant.GraphRefusal;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses to compare a property with a literal of a type that it cannot have. */
final class LiteralTypes {

    private static final Map<String, String> KINDS = Map.of(
            "eq", "Equal",
            "ne", "NotEqual",
            "gt", "GreaterThan",
            "ge", "GreaterThanOrEqual",
            "lt", "LessThan",
            "le", "LessThanOrEqual");
    private static final Set<String> UNQUOTED =
            Set.of("Boolean", "DateTimeOffset", "Date", "Guid", "Int16", "Int32", "Int64", "Double", "Decimal");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

    private LiteralTypes() {}

    static void check(Map<String, TypeRef> declared, String path, String operator, Literal literal) {
        TypeRef type = type(declared, path);
        String kind = KINDS.get(operator);
        if (type == null || type.many() || kind == null || literal.isNull()) {
            return;
        }
        String written = written(literal);
        boolean apart = written != null
                && (written.equals("String")
                        ? UNQUOTED.contains(type.name())
                        : type.name().equals("String"));
        if (apart) {
            throw GraphRefusal.badQuery("Invalid filter clause: A binary operator with incompatible types was detected."
                    + " Found operand types 'Edm." + type.name() + "' and 'Edm." + written + "' for operator kind '"
                    + kind + "'.");
        }
    }

    private static @Nullable String written(Literal literal) {
        String text = literal.text();
        if (literal.quoted()) {
            return "String";
        }
        if (text.equals("true") || text.equals("false")) {
            return "Boolean";
        }
        return GUID.matcher(text).matches() ? "Guid" : NUMBER.matcher(text).matches() ? "Int32" : null;
    }

    private static @Nullable TypeRef type(Map<String, TypeRef> declared, String path) {
        Map<String, TypeRef> members = declared;
        TypeRef type = null;
        for (String part : path.split("/")) {
            type = members == null ? null : find(members, part);
            members = type == null ? null : Schema.v1().properties(type.name());
        }
        return type;
    }

    private static @Nullable TypeRef find(Map<String, TypeRef> members, String name) {
        for (Map.Entry<String, TypeRef> member : members.entrySet()) {
            if (member.getKey().equalsIgnoreCase(name)) {
                return member.getValue();
            }
        }
        return null;
    }
}
