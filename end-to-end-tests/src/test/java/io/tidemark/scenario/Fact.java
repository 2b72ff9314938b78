package io.tidemark.scenario;

/**
 * One thing that differs between two states of a tenant.
 *
 * @param type the kind of the object that it is about
 * @param id that object's id; for a link, its source's
 * @param what a property path, {@code <relation> <target id>} for a link, or the word for what happened to the object as a whole
 * @param before the former value as text; empty where there was none
 * @param after the later value
 */
record Fact(String type, String id, String what, String before, String after) {

    static final String MODIFIED = "MODIFIED";

    private static final String THERE = "there";

    static Fact action(String type, String id, String action) {
        return new Fact(type, id, action, "", "");
    }

    static Fact linkRemoved(String type, String id, String relation, String target) {
        return new Fact(type, id, relation + " " + target, THERE, "");
    }

    static Fact linkAdded(String type, String id, String relation, String target) {
        return new Fact(type, id, relation + " " + target, "", THERE);
    }

    boolean isModified() {
        return what.equals(MODIFIED);
    }

    boolean isLink() {
        return what.indexOf(' ') > 0;
    }

    /** The other end of a link. */
    String target() {
        return what.substring(what.indexOf(' ') + 1);
    }

    String relation() {
        return isLink() ? what.substring(0, what.indexOf(' ')) : "";
    }

    @Override
    public String toString() {
        return type + " " + id + " " + what + (before.equals(after) ? "" : ": " + before + " -> " + after);
    }
}
