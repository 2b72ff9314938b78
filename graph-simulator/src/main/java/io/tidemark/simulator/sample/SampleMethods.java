package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.List;
import java.util.Locale;

/** What the people of a tenant prove themselves with. */
final class SampleMethods {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String RELATION = "authentication/methods";
    private static final String PASSWORD = "28c10230-6103-485e-b985-444c60001490";
    private static final String MOBILE = "3179e48a-750b-4051-897c-87b9720928f7";
    private static final String EMAIL = "3ddfcfc8-9383-446f-83cc-3ab9be4be18f";

    private final long seed;
    private final SampleIds ids;
    private final Staff staff;

    SampleMethods(long seed, SampleIds ids, Staff staff) {
        this.seed = seed;
        this.ids = ids;
        this.staff = staff;
    }

    void emit(SeedSink sink) {
        for (var user = 0; user < staff.firstGuest(); user++) {
            emit(user, sink);
        }
    }

    private void emit(int number, SeedSink sink) {
        var dice = new Dice(seed, "methods", number);
        var user = ids.user(number);
        tell(
                sink,
                user,
                "passwordMethods",
                PASSWORD,
                JSON.objectNode().put("createdDateTime", Moments.past(dice, 1, 400)));
        if (!staff.isMember(number)) {
            if (number < Staff.BREAK_GLASS) {
                tell(sink, user, "fido2Methods", ids.id("key", number), key(dice));
            }
            return;
        }
        if (dice.percent(70)) {
            tell(
                    sink,
                    user,
                    "phoneMethods",
                    MOBILE,
                    JSON.objectNode()
                            .put("phoneNumber", "+49 " + String.format(Locale.ROOT, "151%08d", dice.below(100_000_000)))
                            .put("phoneType", "mobile")
                            .put("smsSignInState", "notAllowedByPolicy")
                            .put("createdDateTime", Moments.past(dice, 1, 900)));
        }
        if (dice.percent(20)) {
            tell(
                    sink,
                    user,
                    "emailMethods",
                    EMAIL,
                    JSON.objectNode()
                            .put("emailAddress", "private" + number + "@mail.example")
                            .put("createdDateTime", Moments.past(dice, 1, 900)));
        }
        if (dice.percent(60)) {
            tell(
                    sink,
                    user,
                    "microsoftAuthenticatorMethods",
                    ids.id("authenticator", number),
                    JSON.objectNode()
                            .put("displayName", dice.oneOf(List.of("iPhone 15", "Pixel 9", "SM-S921B")))
                            .put("deviceTag", "SoftwareTokenActivated")
                            .put("phoneAppVersion", "6.8." + dice.below(40))
                            .put("createdDateTime", Moments.past(dice, 1, 900)));
        }
        if (dice.percent(30)) {
            tell(
                    sink,
                    user,
                    "windowsHelloForBusinessMethods",
                    ids.id("hello", number),
                    JSON.objectNode()
                            .put("displayName", "DESKTOP-" + String.format(Locale.ROOT, "%05d", number))
                            .put("keyStrength", "normal")
                            .put("createdDateTime", Moments.past(dice, 1, 900)));
        }
        if (dice.percent(6)) {
            tell(sink, user, "fido2Methods", ids.id("key", number), key(dice));
        }
    }

    private static ObjectNode key(Dice dice) {
        var key = JSON.objectNode()
                .put("displayName", "Security key")
                .put("aaGuid", "cb69481e-8ff7-4039-93ec-0a2729a154a8")
                .put("model", "YubiKey 5 Series")
                .put("attestationLevel", "attested")
                .put("createdDateTime", Moments.past(dice, 1, 900));
        key.putArray("attestationCertificates");
        return key;
    }

    private static void tell(SeedSink sink, String user, String collection, String id, ObjectNode method) {
        var key = user + "/" + id;
        sink.object(collection, method.put("id", key));
        sink.link("users", user, RELATION, key);
    }
}
