package io.tidemark.simulator.rules.organization;

import io.tidemark.simulator.tenant.Chapter;

/** What of a rulebook is about the organization. */
public final class OrganizationChapter {

    private OrganizationChapter() {}

    /** All of it, anew. */
    public static Chapter chapter() {
        return new Chapter()
                .rules("identitySynchronization", new IdentitySynchronizationRules())
                .rules("branding", new BrandingRules())
                .rules("domain", new DomainRules())
                .rules("federation", new FederationRules())
                .rules("identityProvider", new NamedIdRules("identityProviderType", "", "-OAUTH"))
                .rules("oldIdentityProvider", new NamedIdRules("type", "", "-OAUTH"))
                .rules("userFlow", new NamedIdRules("id", "B2X_1_", ""))
                .rules("apiConnector", new ApiConnectorRules())
                .rules("userAttributeAssignment", new UserAttributeAssignmentRules())
                .rules("subscription", new SubscriptionRules())
                .action("verifyDomain", DomainActions::verify)
                .action("promoteDomain", DomainActions::promote)
                .action("forceDeleteDomain", DomainActions::forceDelete)
                .action("uploadClientCertificate", ApiConnectorRules::upload)
                .action("attributeOrder", UserFlowActions::order)
                .action("setAttributeOrder", UserFlowActions::set);
    }
}
