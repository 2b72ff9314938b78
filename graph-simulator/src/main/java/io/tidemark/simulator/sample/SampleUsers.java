package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes up the users of a tenant, each from its number alone. */
final class SampleUsers {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> LICENCES =
            List.of("05e9a617-0261-4cee-bb44-138d3ef5d965", "06ebc4ee-1bb5-47dd-8120-11324bc54e06");
    private static final String FLOW_LICENCE = "f30db892-07e9-47e9-837c-80727f46fd3d";
    private static final List<String> EMPLOYEE_TYPES =
            List.of("Employee", "Employee", "Employee", "Contractor", "Intern");
    private static final List<String> TIERS = List.of("Bronze", "Silver", "Gold");
    private static final int SUREST_EXTENSIONS = 12;
    private static final List<String> EXTENSIONS = IntStream.rangeClosed(1, 15)
            .mapToObj(number -> "extensionAttribute" + number)
            .toList();
    private static final List<String> WHEREABOUTS = List.of(
            "mobilePhone",
            "faxNumber",
            "officeLocation",
            "streetAddress",
            "postalCode",
            "city",
            "state",
            "country",
            "usageLocation",
            "preferredLanguage");
    private static final List<String> WORK = List.of(
            "jobTitle",
            "department",
            "companyName",
            "employeeId",
            "employeeType",
            "employeeHireDate",
            "employeeOrgData");
    private static final List<String> LISTS = List.of(
            "otherMails",
            "proxyAddresses",
            "imAddresses",
            "assignedLicenses",
            "assignedPlans",
            "provisionedPlans",
            "licenseAssignmentStates",
            "onPremisesProvisioningErrors",
            "serviceProvisioningErrors");
    private static final List<String> UNSET = List.of(
            "ageGroup",
            "consentProvidedForMinor",
            "legalAgeGroupClassification",
            "isResourceAccount",
            "isManagementRestricted",
            "showInAddressList",
            "preferredDataLocation");
    private static final List<String> SYNCHRONIZED = List.of(
            "onPremisesSyncEnabled",
            "onPremisesImmutableId",
            "onPremisesDistinguishedName",
            "onPremisesDomainName",
            "onPremisesSamAccountName",
            "onPremisesSecurityIdentifier",
            "onPremisesUserPrincipalName",
            "onPremisesLastSyncDateTime");
    private static final int ROOM_FOR_ALL = 192;
    private static final int ROOM_FOR_EXTENSIONS = 32;
    private static final long TEN_DIGITS = 10_000_000_000L;
    private static final Pattern NOT_IN_NICKNAMES = Pattern.compile("[^A-Za-z0-9._-]");
    private static final int SMALLEST_GOVERNED = 50;
    private static final int YEARS = 3_650;

    private final long seed;
    private final SampleIds ids;
    private final Words words;
    private final Company company;
    private final Staff staff;
    private final long combinations;
    private final long firstCombination;
    private final List<String> asciiGivenNames;
    private final List<String> asciiSurnames;

    SampleUsers(long seed, SampleIds ids, Words words, Company company, Staff staff) {
        this.seed = seed;
        this.ids = ids;
        this.words = words;
        this.company = company;
        this.staff = staff;
        this.combinations = (long) words.givenNames().size() * words.surnames().size();
        this.firstCombination = Math.floorMod(new Dice(seed, "names", 0).next(), combinations);
        this.asciiGivenNames = words.givenNames().stream().map(Words::ascii).toList();
        this.asciiSurnames = words.surnames().stream().map(Words::ascii).toList();
    }

    ObjectNode user(int number) {
        if (number < Staff.BREAK_GLASS) {
            return account(number, "Emergency Access " + (number + 1), "emergency-access-" + (number + 1));
        }
        if (number == Staff.SYNCHRONIZATION) {
            return account(number, "On-Premises Directory Synchronization Service Account", "sync_dc01_8f3a2b7c");
        }
        return staff.isGuest(number) ? guest(number) : employee(number);
    }

    String displayName(int number) {
        return givenName(number) + " " + surname(number);
    }

    private ObjectNode account(int number, String displayName, String nickname) {
        var dice = new Dice(seed, "account", number);
        var principal = nickname + "@" + company.initialDomain();
        var user = named(number, displayName, null, null, principal, null);
        user.put("accountEnabled", true);
        whereabouts(user, null, null);
        work(user, null, null, null);
        origin(user, dice, principal, "Member");
        user.put("passwordPolicies", "DisablePasswordExpiration");
        user.set("onPremisesExtensionAttributes", extensions(dice, number, 0));
        notSynced(user);
        return user;
    }

    private ObjectNode employee(int number) {
        var dice = new Dice(seed, "user", number);
        var nickname = nickname(number);
        var synced = staff.isSynced(number);
        var principal = nickname + "@" + company.domain();
        var user = named(number, displayName(number), givenName(number), surname(number), principal, principal);
        var member = staff.isMember(number);
        user.put("accountEnabled", !member || staff.sells(number) || !dice.percent(4));
        whereabouts(user, staff.place(number), dice);
        work(user, member ? staff.department(number) : null, dice, number);
        origin(user, dice, principal, "Member");
        if (!user.path("accountEnabled").asBoolean()) {
            user.put("employeeLeaveDateTime", Moments.pastDay(new Dice(seed, "leaving", number), 1, 200));
        }
        user.put("passwordPolicies", synced ? "DisablePasswordExpiration" : null);
        user.set("onPremisesExtensionAttributes", extensions(dice, number, staff.sells(number) ? 100 : 60));
        user.withArray("proxyAddresses")
                .add("SMTP:" + principal)
                .add("smtp:" + nickname + "@" + company.initialDomain());
        license(user, dice);
        if (new Dice(seed, "security attributes", number).percent(3) && staff.users() >= SMALLEST_GOVERNED) {
            securityAttributes(user, number);
        }
        if (synced) {
            synced(user, dice, nickname);
        } else {
            notSynced(user);
        }
        return user;
    }

    private ObjectNode guest(int number) {
        var dice = new Dice(seed, "guest", number);
        var home = dice.oneOf(words.guestDomains());
        var nickname = nickname(number);
        var mail = nickname + "@" + home;
        var principal = nickname + "_" + home + "#EXT#@" + company.initialDomain();
        var user =
                named(number, displayName(number), dice.percent(50) ? givenName(number) : null, null, principal, mail);
        user.put("accountEnabled", !dice.percent(5));
        whereabouts(user, null, null);
        work(user, null, null, null);
        user.put("companyName", home.substring(0, 1).toUpperCase(Locale.ROOT) + home.substring(1, home.indexOf('.')));
        origin(user, dice, principal, "Guest");
        user.put("passwordPolicies", (String) null);
        user.put("creationType", "Invitation");
        user.put("externalUserState", dice.percent(80) ? "Accepted" : "PendingAcceptance");
        user.put("externalUserStateChangeDateTime", Moments.past(dice, 1, 400));
        var identities = JSON.arrayNode();
        identities
                .addObject()
                .put("signInType", "federated")
                .put("issuer", "ExternalAzureAD")
                .put("issuerAssignedId", (String) null);
        identities.add(principalIdentity(principal));
        user.set("identities", identities);
        user.withArray("otherMails").add(mail);
        user.withArray("proxyAddresses").add("SMTP:" + mail);
        user.set("onPremisesExtensionAttributes", extensions(dice, number, 0));
        notSynced(user);
        return user;
    }

    private ObjectNode named(
            int number,
            String displayName,
            @Nullable String givenName,
            @Nullable String surname,
            String principal,
            @Nullable String mail) {
        var id = ids.user(number);
        var user = new ObjectNode(JSON, new LinkedHashMap<>(ROOM_FOR_ALL));
        user.put("id", id);
        user.put("displayName", displayName);
        user.put("givenName", givenName);
        user.put("surname", surname);
        user.put("userPrincipalName", principal);
        user.put("mail", mail);
        user.put("mailNickname", nicknameOf(principal.substring(0, principal.indexOf('@'))));
        user.put("securityIdentifier", SampleIds.securityIdentifier(id));
        return user;
    }

    private static String nicknameOf(String account) {
        for (var i = 0; i < account.length(); i++) {
            var c = account.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c == '.')) {
                return NOT_IN_NICKNAMES.matcher(account).replaceAll("");
            }
        }
        return account;
    }

    private void whereabouts(ObjectNode user, Words.@Nullable Place place, @Nullable Dice dice) {
        var phones = user.putArray("businessPhones");
        if (place == null || dice == null) {
            for (var property : WHEREABOUTS) {
                user.putNull(property);
            }
            return;
        }
        phones.add(place.phonePrefix() + " " + dice.between(1000, 9999));
        user.put("mobilePhone", dice.percent(70) ? place.phonePrefix() + " " + dice.between(100, 999) : null);
        user.put("faxNumber", dice.percent(5) ? place.phonePrefix() + " 0" : null);
        user.put("officeLocation", dice.between(1, 9) + "/" + dice.between(1000, 4999));
        user.put("streetAddress", place.street() + " " + dice.between(1, 120));
        user.put("postalCode", place.postalCode());
        user.put("city", place.city());
        user.put("state", place.state().isEmpty() ? null : place.state());
        user.put("country", place.country());
        user.put("usageLocation", place.usageLocation());
        user.put("preferredLanguage", dice.percent(80) ? place.language() : null);
    }

    private static void work(
            ObjectNode user, Words.@Nullable Department department, @Nullable Dice dice, @Nullable Integer number) {
        if (dice == null || number == null) {
            for (var property : WORK) {
                user.putNull(property);
            }
            return;
        }
        user.put("jobTitle", department == null ? "Chief Executive Officer" : dice.oneOf(department.titles()));
        user.put("department", department == null ? "Executive" : department.name());
        user.put("companyName", "Contoso");
        user.put("employeeId", String.valueOf(100_000 + number));
        user.put("employeeType", dice.oneOf(EMPLOYEE_TYPES));
        user.put("employeeHireDate", Moments.pastDay(dice, 30, YEARS));
        user.putObject("employeeOrgData")
                .put("division", department == null ? "Board" : department.name())
                .put("costCenter", department == null ? "1000" : department.costCenter());
    }

    private void origin(ObjectNode user, Dice dice, String principal, String userType) {
        user.put("userType", userType);
        user.putNull("creationType");
        user.putNull("externalUserState");
        user.putNull("externalUserStateChangeDateTime");
        user.putNull("employeeLeaveDateTime");
        user.put("createdDateTime", Moments.past(dice, 30, YEARS));
        var changed = Moments.past(dice, 1, 29);
        user.put("lastPasswordChangeDateTime", changed);
        user.put("signInSessionsValidFromDateTime", changed);
        user.putArray("identities").add(principalIdentity(principal));
        for (var list : LISTS) {
            user.putArray(list);
        }
        for (var unset : UNSET) {
            user.putNull(unset);
        }
    }

    private ObjectNode principalIdentity(String principal) {
        return JSON.objectNode()
                .put("signInType", "userPrincipalName")
                .put("issuer", company.initialDomain())
                .put("issuerAssignedId", principal);
    }

    /** The fifteen attributes; the first twelve are set with the given chance, the others seldom. */
    private static ObjectNode extensions(Dice dice, int number, int chance) {
        var attributes = new ObjectNode(JSON, new LinkedHashMap<>(ROOM_FOR_EXTENSIONS));
        for (var i = 1; i <= 15; i++) {
            var likely = i <= SUREST_EXTENSIONS ? chance : chance / 6;
            attributes.put(
                    EXTENSIONS.get(i - 1), likely > 0 && dice.percent(likely) ? extension(i, dice, number) : null);
        }
        return attributes;
    }

    private static String extension(int attribute, Dice dice, int number) {
        return switch (attribute) {
            case 1 -> "CC-" + dice.between(1000, 9999);
            case 2 -> dice.oneOf(List.of("EMEA", "AMER", "APAC", "LATAM"));
            case 3 -> "Grade " + dice.between(1, 14);
            case 4 -> "HQ-" + dice.between(1, 40);
            case 5 -> "P" + (7_000_000 + number);
            case 6 -> dice.oneOf(List.of("permanent", "fixed-term", "agency"));
            case 7 -> String.valueOf(TEN_DIGITS + dice.below(1_000_000_000)).substring(1);
            case 8 -> "shift=" + dice.oneOf(List.of("day", "late", "night"));
            case 9 -> String.valueOf(dice.percent(50)).toUpperCase(Locale.ROOT);
            case 10 -> dice.oneOf(TIERS);
            case 11 -> "1" + dice.between(100, 999) + ";" + dice.between(10, 99);
            case 12 -> Moments.pastDay(dice, 1, YEARS);
            case 13 -> "Betriebsstätte " + dice.between(1, 30);
            case 14 -> "{\"badge\":" + dice.between(1, 90_000) + "}";
            default -> "note of some length; ".repeat(dice.between(1, 5)).trim();
        };
    }

    private void securityAttributes(ObjectNode user, int number) {
        var engineering = user.putObject("customSecurityAttributes").putObject("Engineering");
        engineering.put("@odata.type", "#microsoft.graph.customSecurityAttributeValue");
        engineering.put("Project@odata.type", "#Collection(String)");
        engineering.putArray("Project").add(number % 2 == 0 ? "Alpine" : "Cascade");
        engineering.put("Certification", number % 3 == 0);
    }

    private static void license(ObjectNode user, Dice dice) {
        var licences = user.withArray("assignedLicenses");
        if (dice.percent(95)) {
            licences.addObject().put("skuId", dice.oneOf(LICENCES)).putArray("disabledPlans");
        }
        if (dice.percent(10)) {
            licences.addObject().put("skuId", FLOW_LICENCE).putArray("disabledPlans");
        }
    }

    private void synced(ObjectNode user, Dice dice, String nickname) {
        var account = nickname.length() > 20 ? nickname.substring(0, 20) : nickname;
        user.put("onPremisesSyncEnabled", true);
        user.put(
                "onPremisesImmutableId",
                Base64.getEncoder()
                        .encodeToString(
                                (nickname + "                ").substring(0, 16).getBytes(StandardCharsets.UTF_8)));
        user.put("onPremisesDistinguishedName", "CN=" + nickname + ",OU=Plant,DC=corp,DC=contoso,DC=com");
        user.put("onPremisesDomainName", company.localDomain());
        user.put("onPremisesSamAccountName", account);
        user.put(
                "onPremisesSecurityIdentifier",
                "S-1-5-21-397955417-626881126-188441444-" + dice.between(3000, 3_999_999));
        user.put("onPremisesUserPrincipalName", nickname + "@" + company.localDomain());
        user.put("onPremisesLastSyncDateTime", Moments.daysAgo(0, dice.below(1800)));
    }

    private static void notSynced(ObjectNode user) {
        for (var property : SYNCHRONIZED) {
            user.putNull(property);
        }
    }

    private int combination(int number) {
        // 7919 shares no factor with the number of names, so that each pair comes once before any comes twice.
        return (int) ((number * 7919L + firstCombination) % combinations);
    }

    private String givenName(int number) {
        return words.givenNames().get(combination(number) % words.givenNames().size());
    }

    private String surname(int number) {
        return words.surnames().get(combination(number) / words.givenNames().size());
    }

    private String nickname(int number) {
        var pair = combination(number);
        var round = number / (asciiGivenNames.size() * asciiSurnames.size());
        return asciiGivenNames.get(pair % asciiGivenNames.size())
                + "."
                + asciiSurnames.get(pair / asciiGivenNames.size())
                + (round == 0 ? "" : String.valueOf(round + 1));
    }
}
