package io.tidemark.audit.translate;

import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonBoolean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of known activities. */
final class Activities {

    private static final Map<String, Activity> TABLE = new HashMap<>();
    private static final Activity UNKNOWN = new UnknownActivity();

    static {
        object("user", ObjectKind.USER);
        updates(
                ObjectKind.USER,
                "reset password",
                "reset user password",
                "reset password (by admin)",
                "change user password",
                "change password (self-service)",
                "set force change user password",
                "update stsrefreshtokenvalidfrom timestamp",
                "change user license",
                "convert federated user to managed");
        put("invite external user", new ObjectActivity(ObjectKind.USER, Operation.CREATE, List.of()));
        put("enable account", accountEnabled(JsonBoolean.TRUE));
        put("disable account", accountEnabled(JsonBoolean.FALSE));

        object("group", ObjectKind.GROUP);
        updates(ObjectKind.GROUP, "set group license", "assign label to group", "remove label from group");

        object("application", ObjectKind.APPLICATION);
        updates(ObjectKind.APPLICATION, "update application - certificates and secrets management");

        object("service principal", ObjectKind.SERVICE_PRINCIPAL);
        put("remove service principal", new ObjectActivity(ObjectKind.SERVICE_PRINCIPAL, Operation.DELETE, List.of()));
        updates(
                ObjectKind.SERVICE_PRINCIPAL,
                "add service principal credentials",
                "remove service principal credentials",
                "update service principal - certificates and secrets management");

        policy("conditional access policy", ObjectKind.CONDITIONAL_ACCESS_POLICY);
        policy("named location", ObjectKind.NAMED_LOCATION);

        link("member", "group", LinkKind.GROUP_MEMBERS);
        link("owner", "group", LinkKind.GROUP_OWNERS);
        link("owner", "application", LinkKind.APPLICATION_OWNERS);
        link("owner", "service principal", LinkKind.SERVICE_PRINCIPAL_OWNERS);
        link("member", "administrative unit", LinkKind.ADMINISTRATIVE_UNIT_MEMBERS);
        link("registered owner", "device", LinkKind.DEVICE_REGISTERED_OWNERS);
        link("registered users", "device", LinkKind.DEVICE_REGISTERED_USERS);
        put("set user manager", new ManagerActivity(Operation.LINK));
        put("update user manager", new ManagerActivity(Operation.LINK));
        put("remove user manager", new ManagerActivity(Operation.UNLINK));

        put("add member to role", new RoleActivity(Operation.CREATE));
        put("remove member from role", new RoleActivity(Operation.DELETE));
    }

    private Activities() {}

    /** What the activity of that key means; what is not in the table is {@link UnknownActivity}. */
    static Activity of(String key) {
        return TABLE.getOrDefault(key, UNKNOWN);
    }

    private static void object(String word, ObjectKind kind) {
        put("add " + word, new ObjectActivity(kind, Operation.CREATE, List.of()));
        put("update " + word, new ObjectActivity(kind, Operation.UPDATE, List.of()));
        put("delete " + word, new ObjectActivity(kind, Operation.DELETE, List.of()));
        put("hard delete " + word, new ObjectActivity(kind, Operation.HARD_DELETE, List.of()));
        put("restore " + word, new ObjectActivity(kind, Operation.RESTORE, List.of()));
    }

    private static void policy(String word, ObjectKind kind) {
        put("add " + word, new PolicyActivity(kind, Operation.CREATE));
        put("update " + word, new PolicyActivity(kind, Operation.UPDATE));
        put("delete " + word, new PolicyActivity(kind, Operation.DELETE));
        put("hard delete " + word, new PolicyActivity(kind, Operation.HARD_DELETE));
        put("restore " + word, new PolicyActivity(kind, Operation.RESTORE));
    }

    private static void link(String role, String word, LinkKind link) {
        put("add " + role + " to " + word, new LinkActivity(link, Operation.LINK));
        put("remove " + role + " from " + word, new LinkActivity(link, Operation.UNLINK));
    }

    private static void updates(ObjectKind kind, String... keys) {
        for (String key : keys) {
            put(key, new ObjectActivity(kind, Operation.UPDATE, List.of()));
        }
    }

    private static Activity accountEnabled(JsonBoolean after) {
        return new ObjectActivity(
                ObjectKind.USER,
                Operation.UPDATE,
                List.of(new LoggedProperty("AccountEnabled", "accountEnabled", null, after)));
    }

    private static void put(String key, Activity activity) {
        if (TABLE.put(key, activity) != null) {
            throw new IllegalStateException("activity '" + key + "' is described twice");
        }
    }
}
