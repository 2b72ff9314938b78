package io.tidemark.simulator.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.rules.access.AccessChapter;
import io.tidemark.simulator.rules.application.ApplicationChapter;
import io.tidemark.simulator.rules.device.DeviceChapter;
import io.tidemark.simulator.rules.extension.ExtensionChapter;
import io.tidemark.simulator.rules.governance.GovernanceChapter;
import io.tidemark.simulator.rules.group.GroupChapter;
import io.tidemark.simulator.rules.organization.OrganizationChapter;
import io.tidemark.simulator.rules.role.RoleChapter;
import io.tidemark.simulator.rules.user.UserChapter;
import io.tidemark.simulator.tenant.Chapter;
import io.tidemark.simulator.tenant.KindAction;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.Rulebook;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;

/** The rules of Microsoft Graph: those of no kind in particular, and the chapters. */
public final class GraphRulebook implements Rulebook {

    private static final Chapter ALL = new Chapter()
            .rules("plain", new KindRules() {})
            .rules("child", new KindRules() {})
            .action("accept", call -> Outcome.empty(call.table().path("status").asInt(204)))
            .action("all", PlainActions::all)
            .action("value", PlainActions::value)
            .action("mine", PlainActions::mine)
            .action("self", KindAction.on((writer, node, body) -> Outcome.one(200, node)))
            .with(AccessChapter.chapter())
            .with(ApplicationChapter.chapter())
            .with(DeviceChapter.chapter())
            .with(ExtensionChapter.chapter())
            .with(GovernanceChapter.chapter())
            .with(GroupChapter.chapter())
            .with(OrganizationChapter.chapter())
            .with(RoleChapter.chapter())
            .with(UserChapter.chapter());

    @Override
    public KindRules of(Kind kind) {
        KindRules rules = ALL.rules(kind.rules());
        if (rules == null) {
            throw new IllegalStateException("the table of " + kind + " names unknown rules " + kind.rules());
        }
        return rules;
    }

    @Override
    public KindAction action(Kind kind, JsonNode table) {
        String name = table.path("does").asText("accept");
        KindAction action = ALL.action(name);
        if (action == null) {
            throw new IllegalStateException("the table of " + kind + " names an unknown action " + name);
        }
        return action;
    }

    @Override
    public void complete(Tenant tenant) {
        RoleChapter.complete(tenant);
    }

    @Override
    public void settle(TenantWriter writer) {
        RoleChapter.settle(writer);
    }
}
