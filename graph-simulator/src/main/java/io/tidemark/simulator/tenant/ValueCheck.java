package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.kind.Schema;
import io.tidemark.simulator.kind.Schema.EnumType;
import io.tidemark.simulator.kind.Schema.TypeRef;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a JSON value fits a declared type. */
public final class ValueCheck {

    private static final Pattern DURATION =
            Pattern.compile("-?P(?=.)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME = Pattern.compile("\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?");
    private static final Pattern BINARY = Pattern.compile("[A-Za-z0-9+/_-]*={0,2}");
    private static final Pattern NO_NUMBER = Pattern.compile("-?INF|NaN");

    private final Schema schema;

    ValueCheck(Schema schema) {
        this.schema = schema;
    }

    /** Says which member does not fit; {@code null} if all do. */
    @Nullable
    String problem(String path, JsonNode value, TypeRef type) {
        if (value.isNull()) {
            return type.many() && type.required() ? path : null;
        }
        if (!type.many()) {
            return single(path, value, type.name());
        }
        if (!value.isArray()) {
            return path;
        }
        for (JsonNode item : value) {
            String problem = item.isNull() ? path : single(path, item, type.name());
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable String single(String path, JsonNode value, String type) {
        boolean fits = switch (type) {
            case "String", "Stream" -> value.isTextual();
            case "Duration" -> matches(DURATION, value);
            case "Date" -> matches(DATE, value);
            case "TimeOfDay" -> matches(TIME, value);
            case "Binary" -> matches(BINARY, value);
            case "Boolean" -> value.isBoolean();
            case "Int64" -> value.isIntegralNumber() && value.canConvertToLong();
            case "Int32", "Int16", "Byte" -> value.isIntegralNumber() && value.canConvertToInt();
            case "Double", "Single", "Decimal" -> value.isNumber() || matches(NO_NUMBER, value);
            case "DateTimeOffset" -> value.isTextual() && moment(value.asText());
            case "Guid" -> value.isTextual() && guid(value.asText());
            default -> true;
        };
        if (!fits) {
            return path;
        }
        EnumType enumeration = schema.enumeration(type);
        if (enumeration != null) {
            return value.isTextual() && member(enumeration, value.asText()) ? null : path;
        }
        Map<String, TypeRef> declared = schema.properties(type);
        return declared == null ? null : complex(path, value, type, declared);
    }

    private @Nullable String complex(String path, JsonNode value, String type, Map<String, TypeRef> declared) {
        if (!value.isObject()) {
            return path;
        }
        Map<String, TypeRef> members = declared;
        JsonNode named = value.get("@odata.type");
        String actual =
                named == null ? type : named.asText().substring(named.asText().lastIndexOf('.') + 1);
        if (!actual.equals(type) && schema.properties(actual) != null) {
            members = schema.properties(actual);
        }
        if (members == null || schema.open(actual)) {
            return null;
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (member.getKey().contains("@odata.")) {
                continue;
            }
            TypeRef expected = members.get(member.getKey());
            String at = path + "/" + member.getKey();
            if (expected == null) {
                // A navigation such as grantControls/authenticationStrength is written in place.
                if (schema.navigation(actual, member.getKey()) != null
                        || member.getKey().equals("authenticationStrength")) {
                    continue;
                }
                return at;
            }
            String problem = problem(at, member.getValue(), expected);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static boolean member(EnumType enumeration, String text) {
        if (!enumeration.flags()) {
            return enumeration.members().contains(text);
        }
        for (String part : text.split(",")) {
            if (!enumeration.members().contains(part.trim())) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(Pattern pattern, JsonNode value) {
        return value.isTextual() && pattern.matcher(value.asText()).matches();
    }

    private static boolean moment(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    public static boolean guid(String text) {
        try {
            return text.length() == 36 && UUID.fromString(text).version() >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
