package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.List;

/** The organization itself and its domains. */
final class SampleOrganization {

    private static final List<String> SERVICES = List.of("Email", "OfficeCommunicationsOnline");

    private final Company company;

    SampleOrganization(Company company) {
        this.company = company;
    }

    void emit(SeedSink sink) {
        sink.object("organization", organization());
        sink.object("domains", domain(company.initialDomain(), false, true));
        sink.object("domains", domain(company.domain(), true, false));
        sink.object("domains", domain("emea." + company.domain(), false, false).put("isRoot", false));
    }

    private ObjectNode organization() {
        var organization = JsonNodeFactory.instance.objectNode();
        organization
                .put("id", company.tenantId())
                .putNull("deletedDateTime")
                .put("displayName", "Contoso")
                .put("street", "Lindenstraße 1")
                .put("postalCode", "10969")
                .put("city", "Berlin")
                .put("state", "BE")
                .put("country", "Germany")
                .put("countryLetterCode", "DE")
                .put("defaultUsageLocation", "DE")
                .put("preferredLanguage", "en")
                .put("createdDateTime", "2017-01-15T00:00:00Z")
                .put("onPremisesSyncEnabled", true)
                .put("onPremisesLastSyncDateTime", Moments.daysAgo(0, 600))
                .put("mobileDeviceManagementAuthority", "intune")
                .putNull("partnerTenantType")
                .put("tenantType", "AAD");
        for (var list : List.of(
                "assignedPlans",
                "provisionedPlans",
                "marketingNotificationEmails",
                "securityComplianceNotificationMails",
                "securityComplianceNotificationPhones")) {
            organization.putArray(list);
        }
        organization.putArray("businessPhones").add("+49 30 23125 000");
        organization.putArray("technicalNotificationMails").add("tenant-operations@" + company.domain());
        organization
                .putObject("privacyProfile")
                .put("contactEmail", "privacy@" + company.domain())
                .put("statementUrl", "https://www." + company.domain() + "/privacy");
        var domains = organization.putArray("verifiedDomains");
        verified(domains, company.initialDomain(), false, true);
        verified(domains, company.domain(), true, false);
        verified(domains, "emea." + company.domain(), false, false);
        return organization;
    }

    private static void verified(ArrayNode domains, String name, boolean isDefault, boolean isInitial) {
        domains.addObject()
                .put("capabilities", String.join(", ", SERVICES))
                .put("isDefault", isDefault)
                .put("isInitial", isInitial)
                .put("name", name)
                .put("type", "Managed");
    }

    private static ObjectNode domain(String name, boolean isDefault, boolean isInitial) {
        var domain = JsonNodeFactory.instance.objectNode();
        domain.put("id", name)
                .put("authenticationType", "Managed")
                .putNull("availabilityStatus")
                .put("isAdminManaged", true)
                .put("isDefault", isDefault)
                .put("isInitial", isInitial)
                .put("isRoot", true)
                .put("isVerified", true)
                .putNull("manufacturer")
                .putNull("model")
                .put("passwordNotificationWindowInDays", 14)
                .put("passwordValidityPeriodInDays", 2_147_483_647)
                .putNull("state");
        SERVICES.forEach(domain.putArray("supportedServices")::add);
        return domain;
    }
}
