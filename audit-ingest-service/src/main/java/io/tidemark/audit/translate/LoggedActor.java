package io.tidemark.audit.translate;

import io.tidemark.contracts.ChangeRecorded.Actor;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out who did it: a user, an app, or, when the log names neither, the platform itself. */
final class LoggedActor {

    private static final Set<String> ADDRESS_KEYS =
            Set.of("ipaddress", "clientipaddress", "client ip address", "ip address");
    private static final Set<String> AGENT_KEYS = Set.of("user-agent", "useragent");
    private static final Pattern IPV4_WITH_EXTRAS =
            Pattern.compile("(?:::(?:ffff:)?)?(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d+)?");
    private static final int IPV6_COLONS = 7;

    private LoggedActor() {}

    static Actor of(AuditEntry entry) {
        JsonObject initiatedBy = object(entry.logged(), "initiatedBy");
        JsonObject user = object(initiatedBy, "user");
        JsonObject app = object(initiatedBy, "app");
        Actor.Kind kind = kind(user, app);
        JsonObject acting = kind == Actor.Kind.USER ? user : app;
        return new Actor(
                kind,
                text(acting, kind == Actor.Kind.USER ? "id" : "servicePrincipalId"),
                text(acting, "displayName"),
                text(user, "userPrincipalName"),
                text(app, "appId"),
                address(entry, user, app),
                agent(entry));
    }

    private static Actor.Kind kind(JsonObject user, JsonObject app) {
        if (text(user, "id") != null || text(user, "userPrincipalName") != null) {
            return Actor.Kind.USER;
        }
        boolean named = text(app, "appId") != null
                || text(app, "servicePrincipalId") != null
                || text(app, "displayName") != null;
        return named ? Actor.Kind.APP : Actor.Kind.SYSTEM;
    }

    private static @Nullable String address(AuditEntry entry, JsonObject user, JsonObject app) {
        for (String candidate : new @Nullable String[] {
            text(user, "ipAddress"),
            text(app, "ipAddress"),
            detail(entry.logged(), ADDRESS_KEYS),
            present(entry.callerAddress())
        }) {
            if (candidate != null) {
                return plainAddress(candidate);
            }
        }
        return null;
    }

    private static @Nullable String agent(AuditEntry entry) {
        String agent = text(entry.logged(), "userAgent");
        return agent != null ? agent : detail(entry.logged(), AGENT_KEYS);
    }

    /** Without a port, and without the {@code ::} that some records put before a whole address. */
    private static String plainAddress(String logged) {
        var ipv4 = IPV4_WITH_EXTRAS.matcher(logged);
        if (ipv4.matches()) {
            return ipv4.group(1);
        }
        String rest = logged.startsWith("::") ? logged.substring(2) : "";
        return rest.chars().filter(c -> c == ':').count() == IPV6_COLONS ? rest : logged;
    }

    private static @Nullable String detail(JsonObject entry, Set<String> keys) {
        if (entry.find("additionalDetails").orElse(null) instanceof JsonArray details) {
            for (JsonValue one : details.elements()) {
                if (one instanceof JsonObject detail
                        && keys.contains(detail.findString("key").orElse("").toLowerCase(Locale.ROOT))) {
                    return text(detail, "value");
                }
            }
        }
        return null;
    }

    private static JsonObject object(JsonObject parent, String name) {
        return parent.find(name).orElse(null) instanceof JsonObject object ? object : new JsonObject(Map.of());
    }

    private static @Nullable String text(JsonObject object, String name) {
        return present(object.findString(name).orElse(null));
    }

    private static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() || text.equals("<null>") ? null : text.strip();
    }
}
