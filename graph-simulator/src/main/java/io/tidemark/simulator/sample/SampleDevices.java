package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.SeedSink;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Computers and phones of the people of a tenant, with the secrets that the directory keeps for them. */
final class SampleDevices {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int WINDOWS = 60;
    private static final int PHONES = 30;

    private final long seed;
    private final SampleIds ids;
    private final Staff staff;

    SampleDevices(long seed, SampleIds ids, Staff staff) {
        this.seed = seed;
        this.ids = ids;
        this.staff = staff;
    }

    /** Every second member has a device. */
    void emit(SeedSink sink) {
        int members = staff.firstGuest() - Staff.FIRST_MEMBER;
        for (var number = 0; number < Math.max(2, members / 2); number++) {
            emit(number, ids.user(Staff.FIRST_MEMBER + number * 2 % members), sink);
        }
    }

    private void emit(int number, String owner, SeedSink sink) {
        var dice = new Dice(seed, "device", number);
        var id = ids.id("device", number);
        var deviceId = ids.id("device id", number);
        var sort = dice.below(100);
        var windows = sort < WINDOWS || number == 0;
        var hybrid = windows && dice.percent(25);
        var device = common(number, id, deviceId, dice);
        if (windows) {
            windows(device, number, hybrid, dice);
        } else if (sort < WINDOWS + PHONES) {
            other(device, dice.percent(60) ? "IPhone" : "AndroidForWork", "18." + dice.below(4), "PHONE-", number);
        } else {
            other(device, "MacMDM", "15." + dice.below(5), "MAC-", number);
        }
        sink.object("devices", device);
        sink.link("devices", id, "registeredOwners", owner);
        sink.link("devices", id, "registeredUsers", owner);
        if (windows) {
            sink.object("bitlockerRecoveryKeys", key(number, deviceId, dice));
            if (dice.percent(40) || number == 0) {
                sink.object("deviceLocalCredentials", credential(deviceId, device, dice));
            }
        }
    }

    private static ObjectNode common(int number, String id, String deviceId, Dice dice) {
        var device = JSON.objectNode();
        device.put("id", id).putNull("deletedDateTime").put("accountEnabled", !dice.percent(3));
        device.putArray("alternativeSecurityIds")
                .addObject()
                .put("type", 2)
                .putNull("identityProvider")
                .put("key", Base64.getEncoder().encodeToString(deviceId.getBytes(StandardCharsets.UTF_8)));
        device.put("approximateLastSignInDateTime", Moments.past(dice, 0, 120))
                .put("deviceId", deviceId)
                .put("deviceVersion", 2)
                .put("deviceOwnership", dice.percent(85) ? "Company" : "Personal")
                .put("isManaged", true)
                .put("isCompliant", dice.percent(90))
                .put("isRooted", false)
                .put("managementType", "MDM")
                .put("mdmAppId", "0000000a-0000-0000-c000-000000000000")
                .put("profileType", "RegisteredDevice")
                .put("registrationDateTime", Moments.past(dice, 1, 1_400));
        device.putArray("physicalIds")
                .add("[USER-GID]:" + deviceId + ":" + (6_825_000_000_000_000L + number))
                .add("[HWID]:h:" + (6_825_000_000_000_000L + number));
        device.putArray("systemLabels");
        return device;
    }

    private static void windows(ObjectNode device, int number, boolean hybrid, Dice dice) {
        device.put("displayName", "DESKTOP-" + String.format(Locale.ROOT, "%05d", number))
                .put("operatingSystem", "Windows")
                .put("operatingSystemVersion", "10.0." + dice.oneOf(List.of("19045", "22631", "26100")) + ".4037")
                .put("manufacturer", dice.oneOf(List.of("Dell Inc.", "HP", "LENOVO")))
                .put("model", dice.oneOf(List.of("Latitude 7450", "EliteBook 840", "ThinkPad T14")))
                .put("trustType", hybrid ? "ServerAd" : "AzureAd");
        if (hybrid) {
            device.put("onPremisesSyncEnabled", true)
                    .put("onPremisesLastSyncDateTime", Moments.daysAgo(0, dice.below(1_800)));
        }
    }

    private static void other(ObjectNode device, String system, String version, String name, int number) {
        device.put("displayName", name + String.format(Locale.ROOT, "%05d", number))
                .put("operatingSystem", system)
                .put("operatingSystemVersion", version)
                .put("manufacturer", system.startsWith("Android") ? "Samsung" : "Apple")
                .put("model", system.startsWith("Android") ? "SM-S921B" : "Generic")
                .put("trustType", system.equals("MacMDM") ? "AzureAd" : "Workplace");
    }

    private ObjectNode key(int number, String deviceId, Dice dice) {
        var digits = new StringBuilder();
        for (var part = 0; part < 8; part++) {
            digits.append(part == 0 ? "" : "-").append(String.format(Locale.ROOT, "%06d", dice.below(65_536) * 11));
        }
        return JSON.objectNode()
                .put("id", ids.id("recovery key", number))
                .put("createdDateTime", Moments.past(dice, 1, 1_000))
                .put("deviceId", deviceId)
                .put("volumeType", "operatingSystemVolume")
                .put("key", digits.toString());
    }

    private static ObjectNode credential(String deviceId, ObjectNode device, Dice dice) {
        var backup = Moments.past(dice, 1, 30);
        var credential = JSON.objectNode()
                .put("id", deviceId)
                .put("deviceName", device.path("displayName").asText())
                .put("lastBackupDateTime", backup)
                .put("refreshDateTime", Moments.daysAhead(dice.between(1, 30)));
        credential
                .putArray("credentials")
                .addObject()
                .put("accountName", "Administrator")
                .put("accountSid", "S-1-5-21-2127521184-1604012920-1887927527-500")
                .put("backupDateTime", backup)
                .put(
                        "passwordBase64",
                        Base64.getEncoder()
                                .encodeToString(Long.toHexString(dice.next()).getBytes(StandardCharsets.UTF_8)));
        return credential;
    }
}
