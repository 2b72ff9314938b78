package io.tidemark.graph.transport;

import com.microsoft.kiota.RequestOption;
import io.tidemark.graph.pace.Charge;
import java.util.List;

/** Travels with one attempt through the SDK: what it costs, and whether it ever got as far as the wire. */
final class Attempt implements RequestOption {

    private final List<Charge> charges;
    private final boolean batch;
    private volatile boolean onTheWire;

    Attempt(List<Charge> charges, boolean batch) {
        this.charges = charges;
        this.batch = batch;
    }

    List<Charge> charges() {
        return charges;
    }

    /** Whether the charges are those of requests inside, whose answers are observed one by one. */
    boolean isBatch() {
        return batch;
    }

    boolean isOnTheWire() {
        return onTheWire;
    }

    void goesOnTheWire() {
        onTheWire = true;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends RequestOption> Class<T> getType() {
        return (Class<T>) Attempt.class;
    }
}
