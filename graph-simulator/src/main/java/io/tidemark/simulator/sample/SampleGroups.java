package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Makes up the groups of a tenant, each from its number alone. */
final class SampleGroups {

    /** The assigned groups that incidents and policies name. */
    private static final List<String> NAMED =
            List.of("All Hands", "Field Operations", "Deal Desk", "Sales Playbook Readers");

    private static final List<String> FIXED = List.of(
            "Emergency Access Exclusion",
            "Conditional Access Temporary Exclusion",
            "Tier 0 Administrators",
            "Directory Synchronization Accounts",
            "Fraud Desk");
    private static final List<String> UNSET_TEXTS = List.of(
            "classification",
            "expirationDateTime",
            "preferredDataLocation",
            "preferredLanguage",
            "theme",
            "uniqueName");

    private final long seed;
    private final SampleIds ids;
    private final Words words;
    private final Company company;
    private final GroupLayout layout;

    SampleGroups(long seed, SampleIds ids, Words words, Company company, GroupLayout layout) {
        this.seed = seed;
        this.ids = ids;
        this.words = words;
        this.company = company;
        this.layout = layout;
    }

    static String fixedName(int group) {
        return FIXED.get(group);
    }

    ObjectNode group(int number) {
        var dice = new Dice(seed, "group", number);
        var name = name(number);
        if (layout.isUnified(number)) {
            return unified(number, dice, name);
        }
        if (layout.isMailEnabled(number)) {
            return mailEnabled(number, dice, name, number % 2 == 0);
        }
        var group = started(number, dice, name, "G-" + number);
        group.put("mailEnabled", false);
        group.put("securityEnabled", true);
        group.putNull("mail");
        group.putNull("visibility");
        group.putArray("groupTypes");
        finish(group, dice);
        if (number == GroupLayout.EMERGENCY_ACCESS || number == GroupLayout.ADMINISTRATORS) {
            group.put("isAssignableToRole", true);
            group.put("visibility", "Private");
        }
        if (layout.isDynamic(number)) {
            group.withArray("groupTypes").add("DynamicMembership");
            group.put("membershipRule", layout.rule(number).text());
            group.put("membershipRuleProcessingState", "On");
        }
        if (layout.isSynced(number)) {
            synced(group, dice, name);
        }
        return group;
    }

    String name(int number) {
        if (number < FIXED.size()) {
            return FIXED.get(number);
        }
        if (layout.isDynamic(number)) {
            return layout.rule(number).name();
        }
        var ordinal = number - layout.firstAssigned();
        if (ordinal >= 0 && ordinal < NAMED.size()) {
            return NAMED.get(ordinal);
        }
        var subjects = words.subjects().size();
        var purposes = words.purposes().size();
        var round = number / (subjects * purposes);
        return words.subjects().get(number % subjects)
                + " "
                + words.purposes().get(number / subjects % purposes)
                + (round == 0 ? "" : " " + (round + 1));
    }

    private ObjectNode unified(int number, Dice dice, String name) {
        var nickname = nickname(name, number);
        var group = started(number, dice, name, nickname);
        var mail = nickname + "@" + company.domain();
        group.put("mailEnabled", true);
        group.put("securityEnabled", dice.percent(20));
        group.put("mail", mail);
        group.put("visibility", dice.percent(60) ? "Private" : "Public");
        group.putArray("groupTypes").add("Unified");
        finish(group, dice);
        group.withArray("proxyAddresses").add("SMTP:" + mail).add("smtp:" + nickname + "@" + company.initialDomain());
        if (dice.percent(40)) {
            group.withArray("resourceProvisioningOptions").add("Team");
            group.withArray("resourceBehaviorOptions").add("HideGroupInOutlook").add("WelcomeEmailDisabled");
        }
        return group;
    }

    /** A distribution list, or a security group that can be mailed: Graph shows both and writes neither. */
    private ObjectNode mailEnabled(int number, Dice dice, String name, boolean security) {
        var nickname = nickname(name, number);
        var group = started(number, dice, name, nickname);
        var mail = nickname + "@" + company.domain();
        group.put("mailEnabled", true);
        group.put("securityEnabled", security);
        group.put("mail", mail);
        group.putNull("visibility");
        group.putArray("groupTypes");
        finish(group, dice);
        group.withArray("proxyAddresses").add("SMTP:" + mail);
        return group;
    }

    private ObjectNode started(int number, Dice dice, String name, String nickname) {
        var id = ids.group(number);
        var group = JsonNodeFactory.instance.objectNode();
        group.put("id", id);
        group.put("displayName", name);
        group.put("description", dice.percent(70) ? "Made for " + name.toLowerCase(Locale.ROOT) : null);
        group.put("mailNickname", nickname);
        group.put("securityIdentifier", SampleIds.securityIdentifier(id));
        var created = Moments.past(dice, 30, 3_000);
        group.put("createdDateTime", created);
        group.put("renewedDateTime", created);
        return group;
    }

    private void finish(ObjectNode group, Dice dice) {
        for (var list : List.of(
                "proxyAddresses",
                "resourceBehaviorOptions",
                "resourceProvisioningOptions",
                "infoCatalogs",
                "onPremisesProvisioningErrors",
                "serviceProvisioningErrors")) {
            group.putArray(list);
        }
        UNSET_TEXTS.forEach(group::putNull);
        if (dice.percent(10)) {
            group.put("classification", dice.percent(50) ? "Internal" : "Confidential");
        }
        for (var unset : List.of(
                "isAssignableToRole",
                "isManagementRestricted",
                "membershipRule",
                "membershipRuleProcessingState",
                "onPremisesDomainName",
                "onPremisesLastSyncDateTime",
                "onPremisesNetBiosName",
                "onPremisesSamAccountName",
                "onPremisesSecurityIdentifier",
                "onPremisesSyncEnabled")) {
            group.putNull(unset);
        }
    }

    private void synced(ObjectNode group, Dice dice, String name) {
        group.put("onPremisesDomainName", company.localDomain());
        group.put("onPremisesLastSyncDateTime", Moments.daysAgo(0, dice.below(1800)));
        group.put("onPremisesNetBiosName", "CORP");
        group.put("onPremisesSamAccountName", name);
        group.put(
                "onPremisesSecurityIdentifier",
                "S-1-5-21-397955417-626881126-188441444-" + dice.between(1000, 3_999_999));
        group.put("onPremisesSyncEnabled", true);
    }

    private static String nickname(String name, int number) {
        return name.replace(" ", "").replaceAll("[^A-Za-z0-9]", "") + number;
    }
}
