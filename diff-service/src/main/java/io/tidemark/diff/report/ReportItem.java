package io.tidemark.diff.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.contracts.ChangeRecorded.Actor;
import io.tidemark.diff.attribution.AttributedDifference;
import io.tidemark.diff.attribution.AttributedDifference.AttributedLink;
import io.tidemark.diff.attribution.Attribution;
import io.tidemark.diff.attribution.Grade;
import io.tidemark.diff.compare.Action;
import io.tidemark.diff.compare.LinkChange.Direction;
import io.tidemark.directory.comparison.PropertyChange;
import io.tidemark.directory.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object of a report, as it is stored and shown. An object with very many changed links has several items.
 *
 * @param itemId {@code <type>|<id>}, and {@code #2} and so on for further items of the same object
 * @param type the object's kind
 * @param id the object's id
 * @param name what people call it
 * @param action what happened to it
 * @param properties the properties that differ
 * @param links the links that differ
 * @param attribution who caused the object or its properties to differ
 * @param moved whether it moved while the capture of either moment read it, so that the moment may hold it as it was a little earlier or
 *     later; left out if not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReportItem(
        String itemId,
        String type,
        String id,
        @Nullable String name,
        Action action,
        List<ItemProperty> properties,
        List<ItemLink> links,
        List<ItemAttribution> attribution,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean moved) {

    static final int MOST_LINKS = 1000;

    /** A property that differs; a value that is left out means that the property was missing. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ItemProperty(
            String path,
            @Nullable JsonValue before,
            @Nullable JsonValue after) {
        @Override
        public String toString() {
            return path;
        }
    }

    /** A link that differs. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ItemLink(
            String relation,
            Direction action,
            String targetId,
            @Nullable String targetType,
            ItemAttribution attribution) {}

    /** Who caused a difference, when, and how sure that is. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ItemAttribution(
            @Nullable String auditId,
            @Nullable String correlationId,
            @Nullable String activity,
            @Nullable Actor actor,
            @Nullable Instant occurredAt,
            Grade grade,
            List<String> paths) {}

    /** The items of one difference, or of a further slice of its links if the first part is not 0. */
    static List<ReportItem> of(AttributedDifference attributed, int firstPart, boolean moved) {
        List<ReportItem> items = new ArrayList<>();
        List<AttributedLink> links = attributed.links();
        if (firstPart == 0 || !links.isEmpty()) {
            int start = 0;
            do {
                List<AttributedLink> some = links.subList(start, Math.min(start + MOST_LINKS, links.size()));
                items.add(item(attributed, firstPart + start / MOST_LINKS, some, moved));
                start += MOST_LINKS;
            } while (start < links.size());
        }
        return items;
    }

    private static ReportItem item(
            AttributedDifference attributed, int part, List<AttributedLink> links, boolean moved) {
        var difference = attributed.difference();
        String key = difference.object().key().text();
        boolean first = part == 0;
        return new ReportItem(
                first ? key : key + "#" + (part + 1),
                difference.object().kind().word(),
                difference.object().id().value(),
                difference.name(),
                difference.action(),
                first
                        ? difference.properties().stream()
                                .map(ReportItem::property)
                                .toList()
                        : List.of(),
                links.stream().map(ReportItem::link).toList(),
                first
                        ? attributed.attributions().stream()
                                .map(ReportItem::attribution)
                                .toList()
                        : List.of(),
                moved);
    }

    private static ItemProperty property(PropertyChange change) {
        return new ItemProperty(change.path(), change.before(), change.after());
    }

    private static ItemLink link(AttributedLink link) {
        return new ItemLink(
                link.change().link().kind().relation(),
                link.change().action(),
                link.change().link().target().value(),
                link.change().targetType(),
                attribution(link.attribution()));
    }

    private static ItemAttribution attribution(Attribution attribution) {
        var event = attribution.event();
        return event == null
                ? new ItemAttribution(null, null, null, null, null, attribution.grade(), attribution.paths())
                : new ItemAttribution(
                        event.auditId(),
                        event.correlationId(),
                        event.activity(),
                        event.actor(),
                        event.occurredAt(),
                        attribution.grade(),
                        attribution.paths());
    }

    /** Names the object only: names and values are personal data. */
    @Override
    public String toString() {
        return action + " " + itemId;
    }
}
