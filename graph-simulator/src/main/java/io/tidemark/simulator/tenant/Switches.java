package io.tidemark.simulator.tenant;

import io.tidemark.simulator.kind.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Choices where nobody outside can say what Graph does.
 *
 * @param oversizePage what happens to a {@code $top} above the maximum: CLAMP, REJECT or IGNORE
 * @param batchFailsWhenThrottled whether a batch as a whole answers 424 when a request in it is throttled
 * @param deltaRepeats whether a page of changes tells the last object of the page before once more
 * @param securityGroupsRecoverable whether deleted security groups go to the recycle bin
 * @param devicesRecoverable whether deleted devices go to the recycle bin
 * @param secondPrincipalStatus the status for a second service principal of one application: 400 or 409
 * @param deltaPage most objects on a page of a delta query
 * @param auditPage most entries on a page of the audit log
 * @param beta whether requests to the beta version are answered as v1.0 would
 * @param recoveryLoad seconds that the first native recovery job on a backup reads it; more in large directories
 * @param registrationPage most users on a page of the registration report
 * @param selfServiceReset whether users who are no administrators may reset their passwords themselves
 * @param notifications which addresses subscribers may have that are called: LOOPBACK, ANY or NONE
 */
public record Switches(
        String oversizePage,
        boolean batchFailsWhenThrottled,
        boolean deltaRepeats,
        boolean securityGroupsRecoverable,
        boolean devicesRecoverable,
        int secondPrincipalStatus,
        int deltaPage,
        int auditPage,
        boolean beta,
        int recoveryLoad,
        int registrationPage,
        boolean selfServiceReset,
        String notifications) {

    /** What the public sources make likeliest. */
    public static final Switches USUAL =
            new Switches("CLAMP", false, false, true, true, 409, 200, 1000, true, 3600, 1000, true, "LOOPBACK");

    public Switches {
        oversizePage = oversizePage.toUpperCase(Locale.ROOT);
        if (!List.of("CLAMP", "REJECT", "IGNORE").contains(oversizePage)) {
            throw new IllegalArgumentException("oversizePage is CLAMP, REJECT or IGNORE, not " + oversizePage);
        }
        notifications = notifications.toUpperCase(Locale.ROOT);
        if (!List.of("LOOPBACK", "ANY", "NONE").contains(notifications)) {
            throw new IllegalArgumentException("notifications is LOOPBACK, ANY or NONE, not " + notifications);
        }
        if (secondPrincipalStatus != 400 && secondPrincipalStatus != 409) {
            throw new IllegalArgumentException("secondPrincipalStatus is 400 or 409, not " + secondPrincipalStatus);
        }
        if (recoveryLoad < 0) {
            throw new IllegalArgumentException("recoveryLoad is a number of seconds, not " + recoveryLoad);
        }
        if (deltaPage < 1 || auditPage < 1 || registrationPage < 1) {
            throw new IllegalArgumentException("a page holds at least one object");
        }
    }

    /** The same with one choice made differently. */
    public Switches with(String name, String value) {
        Map<String, String> all = named();
        if (all.replace(name, value) == null) {
            throw new IllegalArgumentException("there is no switch " + name + ": " + all.keySet());
        }
        return new Switches(
                all.getOrDefault("oversizePage", ""),
                truth(all, "batchFailsWhenThrottled"),
                truth(all, "deltaRepeats"),
                truth(all, "securityGroupsRecoverable"),
                truth(all, "devicesRecoverable"),
                number(all, "secondPrincipalStatus"),
                number(all, "deltaPage"),
                number(all, "auditPage"),
                truth(all, "beta"),
                number(all, "recoveryLoad"),
                number(all, "registrationPage"),
                truth(all, "selfServiceReset"),
                all.getOrDefault("notifications", ""));
    }

    private static boolean truth(Map<String, String> all, String name) {
        String text = all.getOrDefault(name, "");
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(name + " is true or false, not " + text);
        }
        return text.equals("true");
    }

    private static int number(Map<String, String> all, String name) {
        try {
            return Integer.parseInt(all.getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is a number, not " + all.get(name), e);
        }
    }

    /** All choices by name. */
    public Map<String, String> named() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("oversizePage", oversizePage);
        all.put("batchFailsWhenThrottled", Boolean.toString(batchFailsWhenThrottled));
        all.put("deltaRepeats", Boolean.toString(deltaRepeats));
        all.put("securityGroupsRecoverable", Boolean.toString(securityGroupsRecoverable));
        all.put("devicesRecoverable", Boolean.toString(devicesRecoverable));
        all.put("secondPrincipalStatus", Integer.toString(secondPrincipalStatus));
        all.put("deltaPage", Integer.toString(deltaPage));
        all.put("auditPage", Integer.toString(auditPage));
        all.put("beta", Boolean.toString(beta));
        all.put("recoveryLoad", Integer.toString(recoveryLoad));
        all.put("registrationPage", Integer.toString(registrationPage));
        all.put("selfServiceReset", Boolean.toString(selfServiceReset));
        all.put("notifications", notifications);
        return all;
    }

    /** Whether a deleted object goes to the bin, as far as that is open. */
    boolean keeps(Node node) {
        return switch (node.kind().type()) {
            case "group" -> securityGroupsRecoverable || node.entity().holds("groupTypes", "Unified");
            case "device" -> devicesRecoverable;
            default -> true;
        };
    }

    /** The refusal of a value that another object has, with the status that is decided on. */
    GraphRefusal taken(GraphRefusal refusal) {
        return refusal.code().equals("Request_MultipleObjectsWithSameKeyValue")
                ? new GraphRefusal(
                        secondPrincipalStatus,
                        refusal.code(),
                        String.valueOf(refusal.getMessage()),
                        refusal.details(),
                        refusal.headers())
                : refusal;
    }

    /** Most objects on a page of a list. */
    public int maximumPage(Kind kind) {
        return switch (kind.collection()) {
            case "directoryAudits" -> auditPage;
            case "userRegistrationDetails" -> registrationPage;
            default -> kind.maximumPage();
        };
    }
}
