package io.tidemark.restore.journal;

import io.tidemark.restore.plan.OpenPoint;
import io.tidemark.restore.plan.WantedState;
import java.util.List;

/** Where the long lists of a restore are kept: what was wanted, what stays open, what was left over. */
public interface NoteStore {

    /** Which list. */
    enum Notes {
        /** What the plan says will not be as it was. */
        ANNOUNCED,
        /** What was not as it was after the restore. */
        LEFT_OVER
    }

    /** Puts the wanted states down, in place of earlier ones of the same restore. */
    void putWanted(String commandId, List<WantedState> wanted);

    List<WantedState> wanted(String commandId);

    void putPoints(String commandId, Notes which, List<OpenPoint> points);

    List<OpenPoint> points(String commandId, Notes which);
}
