package io.tidemark.simulator.rules.access;

import io.tidemark.simulator.tenant.Chapter;

/** What of a rulebook is about who may sign in. */
public final class AccessChapter {

    private AccessChapter() {}

    /** All of it, anew. */
    public static Chapter chapter() {
        return new Chapter()
                .rules("conditionalAccessPolicy", new ConditionalAccessRules())
                .rules("namedLocation", new NamedLocationRules())
                .rules("strength", new AuthenticationStrengthRules())
                .rules("securityDefaults", new SecurityDefaultsRules())
                .rules("authorizationPolicy", new AuthorizationPolicyRules())
                .rules("methodConfiguration", new MethodConfigurationRules())
                .rules("crossTenantDefault", new CrossTenantDefaultRules())
                .rules("crossTenantPartner", new CrossTenantPartnerRules())
                .rules("authenticationContext", new AuthenticationContextRules())
                .action("resetToSystemDefault", PolicyActions::reset)
                .action("resetToPreset", PolicyActions::reset)
                .action("updateAllowedCombinations", PolicyActions::combinations)
                .action("strengthUsage", PolicyActions::usage)
                .action("setMobileDeviceManagementAuthority", PolicyActions::mobileAuthority)
                .action("confirmCompromised", RiskActions::compromised)
                .action("dismissRisk", RiskActions::dismissed)
                .action("confirmSafe", RiskActions::safe)
                .action("evaluateSignIn", SignInEvaluation::run);
    }
}
