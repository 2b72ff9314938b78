package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphClient.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Roles and places in groups that people have for a time: what the policy says, what comes and goes. */
class PrivilegedAccessTest extends PrivilegedAccessScene {

    @ParameterizedTest
    @EnumSource
    void whoIsEligibleActivatesForATimeAndDeactivates(Asked asked) {
        makeEligible(asked);
        assertThat(texts(asked.path(true, "Instances") + of(), "principalId")).containsExactly(ann);

        Answer activated = ask(ann(), asked, false, "selfActivate", WHY + FOUR_HOURS);

        assertThat(status(activated)).isEqualTo("Provisioned");
        assertThat(activated.body().at("/createdBy/user/id").asText()).isEqualTo(ann);
        String schedule = activated.body().path("targetScheduleId").asText();
        assertThat(schedule).endsWith(activated.body().path("id").asText());
        assertThat(texts(asked.path(false, "s") + of(), "id")).containsExactly(schedule);
        assertThat(texts(asked.path(false, "Instances") + of(), "assignmentType"))
                .singleElement()
                .isEqualTo(asked == Asked.ROLE ? "Activated" : "activated");
        JsonNode used = admin().get(asked.path(false, "s") + "/" + schedule + "?$expand=activatedUsing")
                .body()
                .path("activatedUsing");
        assertThat(used.path("id").asText())
                .isEqualTo(texts(asked.path(true, "s") + of(), "id").get(0));
        assertThat(texts(asked.inForce(team), "id")).containsExactly(ann);
        assertThat(ask(ann(), asked, false, "selfActivate", WHY + FOUR_HOURS).code())
                .isEqualTo("RoleAssignmentExists");

        assertThat(ask(ann(), asked, false, "selfDeactivate", WHY + FOUR_HOURS).code())
                .isEqualTo("ActiveDurationTooShort");
        box.simulator.clock().advance(Duration.ofMinutes(6));
        assertThat(status(ask(ann(), asked, false, "selfDeactivate", WHY + FOUR_HOURS)))
                .isEqualTo("Revoked");

        assertThat(texts(asked.path(false, "s") + of(), "id")).isEmpty();
        assertThat(texts(asked.inForce(team), "id")).isEmpty();
        assertThat(texts(asked.path(true, "s") + of(), "id")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void anActivationEndsByItself(Asked asked) {
        makeEligible(asked);
        ask(ann(), asked, false, "selfActivate", WHY + FOUR_HOURS);
        box.simulator.clock().advance(Duration.ofHours(5));

        assertThat(texts(asked.inForce(team), "id")).isEmpty();
        assertThat(texts(asked.path(false, "Instances") + of(), "id")).isEmpty();
        assertThat(status(ask(ann(), asked, false, "selfActivate", WHY + FOUR_HOURS)))
                .isEqualTo("Provisioned");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyActivatesForAnotherNorWithoutEligibility(Asked asked) {
        box.user("bob");
        failed(ask(ann(), asked, false, "selfActivate", WHY + FOUR_HOURS), "\"EligibilityRule\"");
        makeEligible(asked);

        Answer other = ask(as("bob", SECOND_FACTOR), asked, false, "selfActivate", WHY + FOUR_HOURS);
        Answer application = ask(admin(), asked, false, "selfActivate", WHY + FOUR_HOURS);

        assertThat(other.status()).isEqualTo(403);
        assertThat(other.message()).isEqualTo("Attempted to perform an unauthorized operation.");
        assertThat(application.status()).isEqualTo(403);
        assertThat(ask(ann(), asked, true, "selfActivate", WHY + FOUR_HOURS).code())
                .isEqualTo("InvalidRoleAssignmentRequest");
    }

    @Test
    void whatThePolicyOfARoleWantsIsNamed() {
        makeEligible(Asked.ROLE);
        String day = "'scheduleInfo':{'expiration':{'type':'afterDuration','duration':'PT24H'}}";

        failed(ask(ann(), Asked.ROLE, false, "selfActivate", WHY + day), "\"ExpirationRule\"");
        failed(ask(ann(), Asked.ROLE, false, "selfActivate", FOUR_HOURS), "\"JustificationRule\"");
        failed(ask(as("ann", ""), Asked.ROLE, false, "selfActivate", WHY + FOUR_HOURS), "\"MfaRule\"");
        rule(Asked.ROLE, "Enablement_EndUser_Assignment", "Enablement", "'enabledRules':['Ticketing']");
        failed(ask(ann(), Asked.ROLE, false, "selfActivate", FOUR_HOURS), "\"TicketingRule\"");
        assertThat(status(ask(
                        as("ann", ""),
                        Asked.ROLE,
                        false,
                        "selfActivate",
                        "'ticketInfo':{'ticketNumber':'7'}," + FOUR_HOURS)))
                .isEqualTo("Provisioned");
    }

    @Test
    void assignmentsToGroupsEndUnlessThePolicySaysOtherwise() {
        String forever = WHY + "'scheduleInfo':{'expiration':{'type':'noExpiration'}}";
        failed(ask(admin(), Asked.GROUP, true, "adminAssign", forever), "\"ExpirationRule\"");

        assertThat(rule(
                                Asked.GROUP,
                                "Expiration_Admin_Eligibility",
                                "Expiration",
                                "'isExpirationRequired':false,'maximumDuration':'P365D'")
                        .status())
                .isEqualTo(200);
        assertThat(status(ask(admin(), Asked.GROUP, true, "adminAssign", forever)))
                .isEqualTo("Provisioned");
        assertThat(status(ask(as("ann", ""), Asked.GROUP, false, "selfActivate", WHY + FOUR_HOURS)))
                .isEqualTo("Provisioned");
    }

    @Test
    void anAuthenticationContextIsAskedForAndProved() {
        makeEligible(Asked.ROLE);
        rule(
                Asked.ROLE,
                "AuthenticationContext_EndUser_Assignment",
                "AuthenticationContext",
                "'isEnabled':true,'claimValue':'c1'");

        Answer without = ask(ann(), Asked.ROLE, false, "selfActivate", WHY + FOUR_HOURS);
        String both =
                "{\"access_token\":{\"amr\":{\"values\":[\"mfa\"]},\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

        assertThat(without.status()).isEqualTo(400);
        assertThat(without.code()).isEqualTo("RoleAssignmentRequestAcrsValidationFailed");
        assertThat(without.message()).startsWith("&claims=").contains("c1");
        assertThat(status(ask(as("ann", both), Asked.ROLE, false, "selfActivate", WHY + FOUR_HOURS)))
                .isEqualTo("Provisioned");
    }

    @Test
    void aRequestForLaterIsGrantedAndComesIntoForceThen() {
        String later = "'scheduleInfo':{'startDateTime':'"
                + box.simulator.clock().instant().plus(Duration.ofDays(1))
                + "','expiration':{'type':'afterDuration','duration':'PT8H'}}";
        Answer made = ask(admin(), Asked.GROUP, false, "adminAssign", WHY + later);
        String request = Asked.GROUP.path(false, "Requests") + "/"
                + made.body().path("id").asText();

        assertThat(status(made)).isEqualTo("Granted");
        assertThat(texts(Asked.GROUP.path(false, "s") + of(), "id")).hasSize(1);
        assertThat(texts(Asked.GROUP.path(false, "Instances") + of(), "id")).isEmpty();
        box.simulator.clock().advance(Duration.ofHours(25));
        assertThat(texts(Asked.GROUP.inForce(team), "id")).containsExactly(ann);
        assertThat(admin().get(request).body().path("status").asText()).isEqualTo("Provisioned");
        assertThat(admin().post(request + "/cancel", "{}").code()).isEqualTo("RequestCannotBeCancelled");
    }

    @Test
    void aCancelledRequestLeavesNothing() {
        String later = "'scheduleInfo':{'startDateTime':'"
                + box.simulator.clock().instant().plus(Duration.ofDays(1))
                + "','expiration':{'type':'afterDuration','duration':'PT8H'}}";
        Answer made = ask(admin(), Asked.GROUP, false, "adminAssign", WHY + later);
        String request = Asked.GROUP.path(false, "Requests") + "/"
                + made.body().path("id").asText();

        assertThat(admin().post(request + "/cancel", "{}").status()).isEqualTo(204);
        assertThat(texts(Asked.GROUP.path(false, "s") + of(), "id")).isEmpty();
        box.simulator.clock().advance(Duration.ofHours(25));
        assertThat(texts(Asked.GROUP.inForce(team), "id")).isEmpty();
        assertThat(admin().get(request).body().path("status").asText()).isEqualTo("Canceled");
    }

    @Test
    void aRehearsalGivesNothing() {
        makeEligible(Asked.GROUP);
        Answer made = ask(ann(), Asked.GROUP, false, "selfActivate", "'isValidationOnly':true," + WHY + FOUR_HOURS);

        assertThat(status(made)).isEqualTo("Granted");
        assertThat(texts(Asked.GROUP.inForce(team), "id")).isEmpty();
        assertThat(status(activate())).isEqualTo("Provisioned");
    }
}
