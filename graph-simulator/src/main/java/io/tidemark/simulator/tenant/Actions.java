package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** The actions and functions by the name that a table gives. */
final class Actions {

    private static final Map<String, KindAction> BY_NAME = new HashMap<>();

    static {
        BY_NAME.put("accept", call -> Outcome.empty(call.table().path("status").asInt(204)));
        BY_NAME.put("all", PlainActions::all);
        BY_NAME.put("value", PlainActions::value);
        BY_NAME.put("mine", PlainActions::mine);
        BY_NAME.put("self", on((writer, node, body) -> Outcome.one(200, node)));
        BY_NAME.put("assignLicence", on(Licences::assign));
        BY_NAME.put("changePassword", on(UserActions::changePassword));
        BY_NAME.put("revokeSessions", on(UserActions::revokeSessions));
        BY_NAME.put("resetPassword", on(UserActions::resetPassword));
        BY_NAME.put("smsSignInOn", on((writer, node, body) -> UserActions.smsSignIn(writer, node, true)));
        BY_NAME.put("smsSignInOff", on((writer, node, body) -> UserActions.smsSignIn(writer, node, false)));
        BY_NAME.put("renewGroup", on(GroupActions::renew));
        BY_NAME.put("validateGroup", on(GroupActions::validate));
        BY_NAME.put("addGroupToPolicy", on(LifecyclePolicyRules::addGroup));
        BY_NAME.put("removeGroupFromPolicy", on(LifecyclePolicyRules::removeGroup));
        BY_NAME.put("cancelRequest", on(ScheduleRequestRules::cancel));
        BY_NAME.put("addKey", on(ApplicationActions::addKey));
        BY_NAME.put("removeKey", on(ApplicationActions::removeKey));
        BY_NAME.put("verifyPublisher", on(ApplicationActions::verify));
        BY_NAME.put("unverifyPublisher", on(ApplicationActions::unverify));
        BY_NAME.put("addSigningCertificate", on(ApplicationActions::addSigningCertificate));
        BY_NAME.put("resetToSystemDefault", PolicyActions::reset);
        BY_NAME.put("resetToPreset", PolicyActions::reset);
        BY_NAME.put("updateAllowedCombinations", PolicyActions::combinations);
        BY_NAME.put("strengthUsage", PolicyActions::usage);
        BY_NAME.put("setMobileDeviceManagementAuthority", PolicyActions::mobileAuthority);
        BY_NAME.put("verifyDomain", DomainActions::verify);
        BY_NAME.put("promoteDomain", DomainActions::promote);
        BY_NAME.put("forceDeleteDomain", DomainActions::forceDelete);
        BY_NAME.put("policyRequirements", EntitlementActions::requirements);
        BY_NAME.put("cancelRequest", EntitlementActions::cancel);
        BY_NAME.put("assign", IntuneActions::assign);
        BY_NAME.put("scheduleActions", IntuneActions::schedule);
        BY_NAME.put("omaSetting", IntuneActions::plainText);
        BY_NAME.put("uploadClientCertificate", ApiConnectorRules::upload);
        BY_NAME.put("attributeOrder", UserFlowActions::order);
        BY_NAME.put("setAttributeOrder", UserFlowActions::set);
        BY_NAME.put("confirmCompromised", RiskActions::compromised);
        BY_NAME.put("dismissRisk", RiskActions::dismissed);
        BY_NAME.put("confirmSafe", RiskActions::safe);
        BY_NAME.put("registeredByFeature", RegistrationReport::byFeature);
        BY_NAME.put("registeredByMethod", RegistrationReport::byMethod);
        BY_NAME.put("stopReview", AccessReviewRules::stop);
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

    static KindAction of(Kind kind, JsonNode table) {
        String name = table.path("does").asText("accept");
        KindAction action = BY_NAME.get(name);
        if (action == null) {
            throw new IllegalStateException("the table of " + kind + " names an unknown action " + name);
        }
        return action;
    }
}
