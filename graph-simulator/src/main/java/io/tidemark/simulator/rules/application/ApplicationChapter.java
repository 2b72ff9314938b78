package io.tidemark.simulator.rules.application;

import io.tidemark.simulator.tenant.Chapter;
import io.tidemark.simulator.tenant.KindAction;

/** What of a rulebook is about applications and service principals. */
public final class ApplicationChapter {

    private ApplicationChapter() {}

    /** All of it, anew. */
    public static Chapter chapter() {
        return new Chapter()
                .rules("application", new ApplicationRules())
                .rules("federatedCredential", new FederatedCredentialRules())
                .rules("extension", new ExtensionPropertyRules())
                .rules("servicePrincipal", new ServicePrincipalRules())
                .rules("appRoleAssignment", new AppRoleAssignmentRules())
                .rules("grant", new PermissionGrantRules())
                .rules("permissionClassification", new PermissionClassificationRules())
                .rules("permissionGrantPolicy", new PermissionGrantPolicyRules())
                .rules("permissionGrantConditionSet", new PermissionGrantConditionSetRules())
                .rules("synchronizationJob", new SynchronizationRules())
                .action("addKey", KindAction.on(ApplicationActions::addKey))
                .action("removeKey", KindAction.on(ApplicationActions::removeKey))
                .action("verifyPublisher", KindAction.on(ApplicationActions::verify))
                .action("unverifyPublisher", KindAction.on(ApplicationActions::unverify))
                .action("addSigningCertificate", KindAction.on(ApplicationActions::addSigningCertificate))
                .action("startProvisioning", KindAction.on(SynchronizationRules::start))
                .action("pauseProvisioning", KindAction.on(SynchronizationRules::pause))
                .action("restartProvisioning", KindAction.on(SynchronizationRules::restart))
                .action("validateProvisioning", KindAction.on(SynchronizationRules::validate))
                .action("saveProvisioningSecrets", KindAction.on(SynchronizationRules::save))
                .action("acquireProvisioningToken", KindAction.on(SynchronizationRules::acquire))
                .action("uploadProvisioning", KindAction.on(SynchronizationRules::upload))
                .action("provisionOnDemand", KindAction.on(OnDemandProvisioning::run))
                .action("mappingFunctions", MappingExpression::functions)
                .action("parseMapping", MappingExpression::parsed)
                .action("instantiateTemplate", TemplateActions::instantiate);
    }
}
