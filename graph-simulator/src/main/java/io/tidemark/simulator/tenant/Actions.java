package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** The actions and functions by the name that a table gives. */
final class Actions {

    private static final Map<String, KindAction> BY_NAME = new HashMap<>();

    static {
        add("accept", call -> Outcome.empty(call.table().path("status").asInt(204)));
        add("all", PlainActions::all);
        add("value", PlainActions::value);
        add("mine", PlainActions::mine);
        add("self", on((writer, node, body) -> Outcome.one(200, node)));
        add("assignLicence", on(Licences::assign));
        add("changePassword", on(UserActions::changePassword));
        add("revokeSessions", on(UserActions::revokeSessions));
        add("resetPassword", on(UserActions::resetPassword));
        add("smsSignInOn", on((writer, node, body) -> UserActions.smsSignIn(writer, node, true)));
        add("smsSignInOff", on((writer, node, body) -> UserActions.smsSignIn(writer, node, false)));
        add("renewGroup", on(GroupActions::renew));
        add("validateGroup", on(GroupActions::validate));
        add("addGroupToPolicy", on(LifecyclePolicyRules::addGroup));
        add("removeGroupFromPolicy", on(LifecyclePolicyRules::removeGroup));
        add("cancelRequest", on(ScheduleRequestRules::cancel));
        add("addKey", on(ApplicationActions::addKey));
        add("removeKey", on(ApplicationActions::removeKey));
        add("verifyPublisher", on(ApplicationActions::verify));
        add("unverifyPublisher", on(ApplicationActions::unverify));
        add("addSigningCertificate", on(ApplicationActions::addSigningCertificate));
        add("resetToSystemDefault", PolicyActions::reset);
        add("resetToPreset", PolicyActions::reset);
        add("updateAllowedCombinations", PolicyActions::combinations);
        add("strengthUsage", PolicyActions::usage);
        add("setMobileDeviceManagementAuthority", PolicyActions::mobileAuthority);
        add("verifyDomain", DomainActions::verify);
        add("promoteDomain", DomainActions::promote);
        add("forceDeleteDomain", DomainActions::forceDelete);
        add("policyRequirements", EntitlementActions::requirements);
        add("cancelAssignmentRequest", EntitlementActions::cancel);
        add("assign", IntuneActions::assign);
        add("scheduleActions", IntuneActions::schedule);
        add("omaSetting", IntuneActions::plainText);
        add("uploadClientCertificate", ApiConnectorRules::upload);
        add("attributeOrder", UserFlowActions::order);
        add("setAttributeOrder", UserFlowActions::set);
        add("confirmCompromised", RiskActions::compromised);
        add("dismissRisk", RiskActions::dismissed);
        add("confirmSafe", RiskActions::safe);
        add("registeredByFeature", RegistrationReport::byFeature);
        add("registeredByMethod", RegistrationReport::byMethod);
        add("evaluateSignIn", SignInEvaluation::run);
        add("stopReview", AccessReviewRules::stop);
        add("acceptReviewRecommendations", on(ReviewDecisions::accept));
        add("applyReviewDecisions", on(ReviewDecisions::apply));
        add("recordReviewDecisions", on(ReviewDecisions::record));
        add("resetReviewDecisions", on(ReviewDecisions::reset));
        add("reviewHistoryUri", on(AccessReviewHistoryRules::uri));
        add("startProvisioning", on(SynchronizationRules::start));
        add("pauseProvisioning", on(SynchronizationRules::pause));
        add("restartProvisioning", on(SynchronizationRules::restart));
        add("validateProvisioning", on(SynchronizationRules::validate));
        add("saveProvisioningSecrets", on(SynchronizationRules::save));
        add("acquireProvisioningToken", on(SynchronizationRules::acquire));
        add("uploadProvisioning", on(SynchronizationRules::upload));
        add("provisionOnDemand", on(OnDemandProvisioning::run));
        add("mappingFunctions", MappingExpression::functions);
        add("parseMapping", MappingExpression::parsed);
        add("myApprovals", ApprovalRules::mine);
        add("instantiateTemplate", TemplateActions::instantiate);
        add("cancelRecovery", on(RecoveryJobRules::cancel));
    }

    private Actions() {}

    /** What is done with one object and what was sent. */
    @FunctionalInterface
    private interface OnObject {
        Outcome run(TenantWriter writer, Node node, ObjectNode body);
    }

    private static KindAction on(OnObject action) {
        return call -> {
            if (!call.mustNode().live()) {
                throw GraphRefusal.notFound(call.mustNode().id());
            }
            return action.run(call.writer(), call.mustNode(), call.body());
        };
    }

    private static void add(String name, KindAction action) {
        if (BY_NAME.put(name, action) != null) {
            throw new IllegalStateException("two actions are named " + name);
        }
    }

    static KindAction of(Kind kind, JsonNode table) {
        String name = table.path("does").asText("accept");
        KindAction action = BY_NAME.get(name);
        if (action == null) {
            throw new IllegalStateException("the table of " + kind + " names an unknown action " + name);
        }
        return action;
    }
}
