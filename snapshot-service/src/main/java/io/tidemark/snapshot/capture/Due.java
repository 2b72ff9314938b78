package io.tidemark.snapshot.capture;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.Reach.Cadence;
import io.tidemark.snapshot.cursor.KnownStates;

/** Which kinds one capture reads for themselves, and not only what hangs on something else. */
final class Due {

    /** Of a kind that is read by every capture while there are few, so many at most: five pages. */
    private static final int FEW = 500;

    private final CaptureOrder order;
    private final KnownStates known;

    Due(CaptureOrder order, KnownStates known) {
        this.order = order;
        this.known = known;
    }

    boolean is(ObjectKind kind) {
        return isForEvery(kind)
                || order.mode() == CaptureMode.FULL
                || known.kind(kind).readWhole();
    }

    /** Whether a kind is read by every capture, as a list or as one object. */
    boolean isListed(ObjectKind kind) {
        KindDescription.Reading reading = Catalogue.of(kind).reading();
        return isForEvery(kind)
                && (reading == KindDescription.Reading.LIST
                        || reading == KindDescription.Reading.SINGLETON
                        || isListedAgain(kind));
    }

    private boolean isListedAgain(ObjectKind kind) {
        return order.mode() != CaptureMode.FULL
                && Catalogue.of(kind).reach().listedElse()
                && known.kind(kind).listed();
    }

    private boolean isForEvery(ObjectKind kind) {
        Cadence cadence = Catalogue.of(kind).reach().cadence();
        return cadence == Cadence.EVERY
                || cadence == Cadence.FEW && known.total(kind.word()).count() <= FEW;
    }
}
