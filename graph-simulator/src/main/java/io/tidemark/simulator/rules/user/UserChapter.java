package io.tidemark.simulator.rules.user;

import io.tidemark.simulator.tenant.Chapter;
import io.tidemark.simulator.tenant.KindAction;

/** What of a rulebook is about users. */
public final class UserChapter {

    private UserChapter() {}

    /** All of it, anew. */
    public static Chapter chapter() {
        return new Chapter()
                .rules("user", new UserRules())
                .rules("authenticationMethod", new AuthenticationMethodRules())
                .rules("invitation", new InvitationRules())
                .action("assignLicence", KindAction.on(Licences::assign))
                .action("changePassword", KindAction.on(UserActions::changePassword))
                .action("revokeSessions", KindAction.on(UserActions::revokeSessions))
                .action("resetPassword", KindAction.on(UserActions::resetPassword))
                .action("smsSignInOn", KindAction.on((writer, node, body) -> UserActions.smsSignIn(writer, node, true)))
                .action(
                        "smsSignInOff",
                        KindAction.on((writer, node, body) -> UserActions.smsSignIn(writer, node, false)))
                .action("registeredByFeature", RegistrationReport::byFeature)
                .action("registeredByMethod", RegistrationReport::byMethod);
    }
}
