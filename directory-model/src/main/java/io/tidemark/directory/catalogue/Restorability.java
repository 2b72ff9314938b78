package io.tidemark.directory.catalogue;

/**
 * Whether something can be put back.
 *
 * @param state whether
 * @param reason why not; empty text if it can
 */
public record Restorability(State state, String reason) {

    public static final Restorability RESTORABLE = new Restorability(State.RESTORABLE, "");

    public static final Restorability NOT_YET =
            new Restorability(State.NOT_YET, "is recorded and compared, but cannot be put back by this version");

    /** Whether something can be put back. */
    public enum State {
        RESTORABLE,
        /** Graph would take it, this version does not send it. */
        NOT_YET,
        /** Nobody can put it back through Graph. */
        NEVER
    }

    public boolean isRestorable() {
        return state == State.RESTORABLE;
    }

    /** Reads {@code yes}, {@code not yet} or {@code never: reason}. */
    static Restorability parse(String text) {
        if (text.equals("yes")) {
            return RESTORABLE;
        }
        if (text.equals("not yet")) {
            return NOT_YET;
        }
        if (text.startsWith("never: ")) {
            return new Restorability(State.NEVER, text.substring("never: ".length()));
        }
        throw new IllegalArgumentException("'" + text + "' is none of: yes, not yet, never: reason");
    }
}
