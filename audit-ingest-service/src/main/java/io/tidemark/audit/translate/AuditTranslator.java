package io.tidemark.audit.translate;

import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonNumber;
import io.tidemark.directory.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what an entry of the audit log tells of the objects that it changed: one change for each. */
public final class AuditTranslator {

    private static final String UNNAMED = "unnamed";

    private AuditTranslator() {}

    /** The changes, none twice for the same object; at least one, for what names no object is about the tenant. */
    public static List<ChangeRecorded> translate(TenantId tenant, AuditEntry entry) {
        JsonObject logged = entry.logged();
        String activity = logged.findString("activityDisplayName")
                .filter(name -> !name.isBlank())
                .orElse(UNNAMED);
        LoggedEvent event = new LoggedEvent(
                tenant,
                ActivityKey.of(activity),
                logged.findString("operationType").orElse(""),
                LoggedTarget.of(logged));
        List<Effect> effects = Activities.of(event.activityKey()).effects(event);
        if (effects.isEmpty()) {
            effects = new UnknownActivity().effects(event);
        }
        Map<String, ChangeRecorded> changes = new LinkedHashMap<>();
        for (Effect effect : effects) {
            changes.putIfAbsent(effect.object().toString(), change(entry, activity, event, effect));
        }
        return List.copyOf(changes.values());
    }

    private static ChangeRecorded change(AuditEntry entry, String activity, LoggedEvent event, Effect effect) {
        return new ChangeRecorded(
                event.tenant().toString(),
                entry.id(),
                entry.logged()
                        .findString("correlationId")
                        .filter(id -> !id.isBlank())
                        .orElse(null),
                activity,
                event.activityKey(),
                entry.logged().findString("category").orElse(null),
                effect.operation(),
                effect.object(),
                effect.related(),
                LoggedActor.of(entry),
                effect.properties(),
                result(entry.logged()),
                entry.occurredAt(),
                effect.truncated(),
                effect.mapping());
    }

    /** Event Hubs sends a number where Graph sends a word. */
    private static String result(JsonObject logged) {
        if (logged.find("result").orElse(null) instanceof JsonNumber number) {
            return switch (number.text()) {
                case "0" -> "success";
                case "1" -> "failure";
                case "2" -> "timeout";
                default -> "unknown";
            };
        }
        return logged.findString("result").orElse("unknown").toLowerCase(Locale.ROOT);
    }
}
