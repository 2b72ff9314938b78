package io.tidemark.diff;

import java.util.Locale;

/** Made-up users as long as those that Graph shows. */
public final class WholeUser {

    private static final String LICENCE = "00000000-0000-0003-9e37-79b97f4a7c15";

    private WholeUser() {}

    public static String json(String id, int number) {
        return String.format(
                Locale.ROOT,
                """
                {"id":"%s","displayName":"%s","givenName":"Person","surname":"%d","userPrincipalName":"person%d@example.org",\
                "mail":"person%d@example.org","mailNickname":"person%d","jobTitle":"Engineer","department":"Department %d",\
                "companyName":"Example","employeeId":"E%06d","employeeType":"Employee","officeLocation":"Building %d",\
                "city":"Oslo","country":"Norway","postalCode":"0150","state":null,"streetAddress":"Street %d",\
                "usageLocation":"NO","preferredLanguage":"nb-NO","mobilePhone":"+47 %08d","businessPhones":["+47 %08d"],\
                "accountEnabled":true,"userType":"Member","ageGroup":null,"consentProvidedForMinor":null,\
                "onPremisesSyncEnabled":null,"onPremisesImmutableId":null,"onPremisesExtensionAttributes":{\
                "extensionAttribute1":"A%d","extensionAttribute2":null,"extensionAttribute3":null,"extensionAttribute4":null},\
                "assignedLicenses":[{"disabledPlans":[],"skuId":"%s"}],"otherMails":[],"proxyAddresses":["SMTP:person%d@example.org"],\
                "createdDateTime":"2024-03-01T08:00:00Z","securityIdentifier":"S-1-12-1-%d","passwordPolicies":null}\
                """,
                id,
                "Person " + number,
                number,
                number,
                number,
                number,
                number % 50,
                number,
                number % 9,
                number % 70,
                number,
                number,
                number % 10,
                LICENCE,
                number,
                number);
    }
}
