package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.kind.Kind;

/** What Graph demands and does beyond what its tables say. The tenant knows that there are rules, not which. */
public interface Rulebook {

    /**
     * The rules of a kind.
     *
     * @throws IllegalStateException if its table names rules that nobody wrote
     */
    KindRules of(Kind kind);

    /**
     * What an action or function of a kind does.
     *
     * @param table what the kind's table says about it
     * @throws IllegalStateException if the table names an action that nobody wrote
     */
    KindAction action(Kind kind, JsonNode table);

    /** Completes what a seed told. */
    void complete(Tenant tenant);

    /** Does what is due by now: what was scheduled begins and ends, what was asked for lapses. */
    void settle(TenantWriter writer);
}
