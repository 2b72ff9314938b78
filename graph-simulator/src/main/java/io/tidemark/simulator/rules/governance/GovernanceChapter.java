package io.tidemark.simulator.rules.governance;

import io.tidemark.simulator.tenant.Chapter;
import io.tidemark.simulator.tenant.KindAction;

/** What of a rulebook is about entitlement management, reviews and terms. */
public final class GovernanceChapter {

    private GovernanceChapter() {}

    /** All of it, anew. */
    public static Chapter chapter() {
        return new Chapter()
                .rules("agreement", new AgreementRules())
                .rules("catalog", new CatalogRules())
                .rules("accessPackage", new AccessPackageRules())
                .rules("assignmentPolicy", new AssignmentPolicyRules())
                .rules("assignmentRequest", new AssignmentRequestRules())
                .rules("resourceRequest", new ResourceRequestRules())
                .rules("accessReview", new AccessReviewRules())
                .rules("accessReviewDecision", new ReviewDecisions())
                .rules("accessReviewHistory", new AccessReviewHistoryRules())
                .action("policyRequirements", EntitlementActions::requirements)
                .action("cancelAssignmentRequest", EntitlementActions::cancel)
                .action("stopReview", AccessReviewRules::stop)
                .action("acceptReviewRecommendations", KindAction.on(ReviewDecisions::accept))
                .action("applyReviewDecisions", KindAction.on(ReviewDecisions::apply))
                .action("recordReviewDecisions", KindAction.on(ReviewDecisions::record))
                .action("resetReviewDecisions", KindAction.on(ReviewDecisions::reset))
                .action("reviewHistoryUri", KindAction.on(AccessReviewHistoryRules::uri));
    }
}
