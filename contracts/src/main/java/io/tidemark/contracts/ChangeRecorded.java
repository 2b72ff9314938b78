package io.tidemark.contracts;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.directory.json.JsonValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one event of the audit log says of one object.
 *
 * @param tenantId the tenant
 * @param auditId the event's id
 * @param correlationId what binds the events of one act together
 * @param activity the activity's name as logged
 * @param activityKey the same, brought into one spelling
 * @param category the log's own category, such as {@code GroupManagement}
 * @param operation what was done
 * @param object what it was done to
 * @param related other objects that took part, such as the member that was removed
 * @param actor who did it
 * @param properties what the event says of properties
 * @param result {@code success}, {@code failure} or {@code timeout}
 * @param occurredAt when it happened
 * @param truncated whether the event is known to be cut short
 * @param mapping how well the activity is understood
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChangeRecorded(
        String tenantId,
        String auditId,
        @Nullable String correlationId,
        String activity,
        String activityKey,
        @Nullable String category,
        Operation operation,
        Target object,
        List<Related> related,
        Actor actor,
        List<LoggedProperty> properties,
        String result,
        Instant occurredAt,
        boolean truncated,
        Mapping mapping) {

    public ChangeRecorded {
        related = related == null ? List.of() : List.copyOf(related);
        properties = properties == null ? List.of() : List.copyOf(properties);
    }

    /** What was done. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        HARD_DELETE,
        RESTORE,
        LINK,
        UNLINK,
        @JsonEnumDefaultValue
        OTHER
    }

    /** How well an activity is understood. */
    public enum Mapping {
        SPECIFIC,
        @JsonEnumDefaultValue
        GENERIC
    }

    /**
     * What it was done to.
     *
     * @param type an object kind's word, or the log's own type in lower camel case if it is none of ours
     * @param id the object's id
     * @param name its name as logged
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(String type, String id, @Nullable String name) {
        @Override
        public String toString() {
            return type + "/" + id;
        }
    }

    /** Another object that took part, and as what ({@code members}, {@code owners}, {@code manager} …). */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Related(String role, @Nullable String type, String id) {}

    /**
     * Who did it.
     *
     * @param kind user, app or system
     * @param id object id of the user or service principal
     * @param name display name
     * @param userPrincipalName for a user
     * @param appId for an app
     * @param ipAddress where from, if logged
     * @param userAgent with what, if logged
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Actor(
            Kind kind,
            @Nullable String id,
            @Nullable String name,
            @Nullable String userPrincipalName,
            @Nullable String appId,
            @Nullable String ipAddress,
            @Nullable String userAgent) {

        /** What sort of actor. */
        public enum Kind {
            USER,
            APP,
            @JsonEnumDefaultValue
            SYSTEM
        }

        @Override
        public String toString() {
            return kind + "/" + (appId != null ? appId : id);
        }
    }

    /**
     * What the event says of one property.
     *
     * @param name the log's name
     * @param graphPath our property path or link relation, if known
     * @param before the decoded old value, if logged
     * @param after the decoded new value, if logged
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LoggedProperty(
            String name,
            @Nullable String graphPath,
            @Nullable JsonValue before,
            @Nullable JsonValue after) {
        @Override
        public String toString() {
            return name;
        }
    }
}
