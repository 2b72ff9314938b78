package io.tidemark.simulator.rules.user;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.Domains;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Locale;

/** Invitations, each of which makes a guest. */
final class InvitationRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        String mail = String.valueOf(body.text("invitedUserEmailAddress"));
        int at = mail.indexOf('@');
        if (at < 1 || mail.indexOf('.', at) < 0 || mail.contains(" ")) {
            throw GraphRefusal.badQuery("The invited user email address is not valid.");
        }
        Kind users = Kinds.all().get("users");
        Node present = writer.tenant().findBy(users, "mail", mail);
        Node user = present == null ? guest(writer, users, mail, body) : present;
        body.properties().put("invitedUserId", Json.text(user.id()));
        ObjectNode shown = Json.object();
        shown.put("id", user.id());
        body.properties().put("invitedUser", shown);
        body.properties().put("status", Json.text("PendingAcceptance"));
        body.properties()
                .put(
                        "inviteRedeemUrl",
                        Json.text("https://login.microsoftonline.com/redeem?rd=https%3a%2f%2finvitations.microsoft.com"
                                + "%2fredeem%2f%3ftenant%3d" + writer.tenant().id() + "%26user%3d" + user.id()));
    }

    private static Node guest(TenantWriter writer, Kind users, String mail, Body body) {
        String name = body.text("invitedUserDisplayName");
        String nickname = mail.replace('@', '_') + "#EXT#";
        ObjectNode user = Json.object();
        user.put("accountEnabled", true);
        user.put("displayName", name == null ? mail.substring(0, mail.indexOf('@')) : name);
        user.put("mailNickname", nickname);
        user.put("userPrincipalName", nickname + "@" + Domains.initial(writer.tenant()));
        user.put("mail", mail.toLowerCase(Locale.ROOT));
        user.put("userType", "Member".equals(body.text("invitedUserType")) ? "Member" : "Guest");
        user.putArray("otherMails").add(mail);
        ObjectNode profile = user.putObject("passwordProfile");
        profile.put("password", writer.tenant().newSecret());
        profile.set("forceChangePasswordNextSignIn", BooleanNode.FALSE);
        Node node = writer.create(users, user);
        writer.tenant()
                .table(users)
                .replace(
                        node,
                        node.entity()
                                .with(java.util.Map.of(
                                        "creationType",
                                        Json.text("Invitation"),
                                        "externalUserState",
                                        Json.text("PendingAcceptance"),
                                        "externalUserStateChangeDateTime",
                                        Json.time(writer.context().time()))));
        return node;
    }
}
