package io.tidemark.diff.seal;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.diff.history.Stamp;
import io.tidemark.diff.seal.DroppedSnapshot.Rule;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Spells what is left of a dropped snapshot. It has no tenant's field and no order, so no list finds it. */
final class MongoDroppedSnapshot {

    static final String STATE = "DROPPED";

    private MongoDroppedSnapshot() {}

    static boolean is(Document document) {
        return STATE.equals(document.get("state"));
    }

    static Document document(String id, DroppedSnapshot dropped) {
        Document document = new Document("_id", id)
                .append("state", STATE)
                .append("ended", true)
                .append("snapshot", dropped.id())
                .append("mode", dropped.mode().name())
                .append("was", dropped.was().name())
                .append("droppedAt", Stamp.text(dropped.droppedAt()))
                .append("rule", dropped.rule().name())
                .append("policy", dropped.policy());
        if (dropped.instant() != null) {
            document.append("instant", Stamp.text(dropped.instant()));
        }
        return document;
    }

    static DroppedSnapshot of(Document document) {
        @Nullable String instant = document.getString("instant");
        return new DroppedSnapshot(
                document.getString("snapshot"),
                CaptureMode.valueOf(document.getString("mode")),
                Snapshot.State.valueOf(document.getString("was")),
                instant == null ? null : Stamp.parse(instant),
                Stamp.parse(document.getString("droppedAt")),
                Rule.valueOf(document.getString("rule")),
                document.getString("policy"));
    }
}
