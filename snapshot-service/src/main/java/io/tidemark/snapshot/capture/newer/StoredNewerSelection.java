package io.tidemark.snapshot.capture.newer;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.graph.read.DeclaredProperties;
import io.tidemark.graph.read.DeclaredProperties.Declared;
import io.tidemark.graph.read.DirectoryReader;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Finds properties newer than the catalogue in what Graph declares, and tries them out before they are asked for: some are shown of single
 * objects only, and make a whole list fail. Of kinds that show everything unasked they are asked for in delta queries alone, which tell of
 * changes to what they name.
 */
public final class StoredNewerSelection implements NewerSelection {

    private static final Logger LOG = Logger.getLogger(StoredNewerSelection.class);

    /** A little less than a day, so that a daily capture finds it over. */
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(23);

    private static final Duration REFUSED_FOR = Duration.ofDays(30);
    private static final int MOST_OF_A_KIND = 100;

    private static final List<KindDescription> KINDS = Arrays.stream(ObjectKind.values())
            .map(Catalogue::of)
            .filter(kind -> kind.isShownByName() || kind.isToldByName())
            .toList();

    /** How Graph refuses a request for what it names. Whatever else fails, such as an outage, no property is to blame for. */
    private static final Set<Reason> REFUSED = EnumSet.of(Reason.BAD_REQUEST, Reason.NOT_IMPLEMENTED, Reason.FORBIDDEN);

    /** How a request fails that Graph breaks down over. */
    private static final Set<Reason> BROKEN = EnumSet.of(Reason.UNAVAILABLE, Reason.OUTCOME_UNKNOWN, Reason.BAD_ANSWER);

    private final DirectoryReader reader;
    private final NewerPropertyStore store;
    private final TenantId tenant;
    private final Clock clock;
    private final Map<ObjectKind, String> givenUp = new EnumMap<>(ObjectKind.class);
    private NewerProperties known;

    public StoredNewerSelection(DirectoryReader reader, NewerPropertyStore store, TenantId tenant, Clock clock) {
        this.reader = reader;
        this.store = store;
        this.tenant = tenant;
        this.clock = clock;
        this.known = store.load(tenant);
        select();
    }

    @Override
    public void look() {
        Instant now = clock.instant();
        if (known.lookedAt().plus(BETWEEN_LOOKS).isAfter(now)) {
            return;
        }
        try {
            List<String> types = KINDS.stream().map(StoredNewerSelection::type).toList();
            Optional<DeclaredProperties> declared = reader.declared(types, known.tag());
            NewerProperties before = known;
            NewerProperties next = new NewerProperties(
                    now, declared.map(DeclaredProperties::tag).orElse(known.tag()), known.kinds());
            for (KindDescription kind : KINDS) {
                next = next.with(kind.kind(), decided(kind, declared, now));
            }
            known = next;
            store.save(tenant, known);
            select();
            tell(before);
        } catch (GraphException e) {
            LOG.infof(
                    "properties newer than the catalogue not looked for tenant=%s reason=%s status=%d",
                    tenant, e.reason(), e.status());
        }
    }

    @Override
    public List<NewerProperty> of(ObjectKind kind) {
        return givenUp.containsKey(kind)
                ? List.of()
                : known.of(kind).stream().filter(NewerProperty::isRead).toList();
    }

    @Override
    public boolean giveUp(ObjectKind kind, GraphException why) {
        if (!REFUSED.contains(why.reason()) || of(kind).isEmpty()) {
            return false;
        }
        LOG.warnf(
                "properties newer than the catalogue given up tenant=%s kind=%s properties=%s reason=%s",
                tenant, kind.word(), names(kind), reason(why));
        givenUp.put(kind, reason(why));
        reader.alsoSelect(kind, List.of());
        return true;
    }

    @Override
    public void settle(Predicate<ObjectKind> wasRead) {
        Instant now = clock.instant();
        givenUp.forEach((kind, why) -> {
            if (wasRead.test(kind)) {
                known = known.with(
                        kind,
                        known.of(kind).stream()
                                .map(one -> one.isRead()
                                        ? new NewerProperty(
                                                one.name(),
                                                one.collection(),
                                                "reading with it or another failed: " + why,
                                                now)
                                        : one)
                                .toList());
                store.save(tenant, known);
            }
        });
    }

    @Override
    public List<NewerFound> found() {
        List<NewerFound> found = new ArrayList<>();
        for (KindDescription kind : KINDS) {
            Map<String, String> leftOut = new LinkedHashMap<>();
            for (NewerProperty property : known.of(kind.kind())) {
                if (!property.isRead()) {
                    leftOut.put(property.name(), property.refused());
                } else if (givenUp.containsKey(kind.kind())) {
                    leftOut.put(property.name(), givenUp.getOrDefault(kind.kind(), ""));
                }
            }
            List<String> read =
                    of(kind.kind()).stream().map(NewerProperty::name).toList();
            if (!read.isEmpty() || !leftOut.isEmpty()) {
                found.add(new NewerFound(kind.kind().word(), read, leftOut));
            }
        }
        return found;
    }

    private List<NewerProperty> decided(KindDescription kind, Optional<DeclaredProperties> declared, Instant now) {
        List<NewerProperty> decided = new ArrayList<>();
        List<Declared> open = new ArrayList<>();
        for (Declared property : newer(kind, declared)) {
            Optional<NewerProperty> before = known.of(kind.kind()).stream()
                    .filter(one -> one.name().equals(property.name()))
                    .filter(one ->
                            one.isRead() || one.decidedAt().plus(REFUSED_FOR).isAfter(now))
                    .findFirst();
            before.ifPresentOrElse(decided::add, () -> open.add(property));
        }
        if (!open.isEmpty()) {
            tryOut(kind, open, now, decided);
        }
        decided.sort(Comparator.comparing(NewerProperty::name));
        return decided;
    }

    private List<Declared> newer(KindDescription kind, Optional<DeclaredProperties> declared) {
        List<Declared> all = declared.map(document -> document.of(type(kind)))
                .orElseGet(() -> known.of(kind.kind()).stream()
                        .map(one -> new Declared(one.name(), one.collection()))
                        .toList());
        return all.stream()
                .filter(property -> kind.isNewer(property.name()))
                .limit(MOST_OF_A_KIND)
                .toList();
    }

    // All together first; if they fail, each half by itself, down to the ones that fail.
    private void tryOut(KindDescription kind, List<Declared> properties, Instant now, List<NewerProperty> decided) {
        String refused = refusal(kind, properties);
        if (refused.isEmpty() || properties.size() == 1) {
            properties.forEach(one -> decided.add(new NewerProperty(one.name(), one.collection(), refused, now)));
            return;
        }
        int half = properties.size() / 2;
        tryOut(kind, properties.subList(0, half), now, decided);
        tryOut(kind, properties.subList(half, properties.size()), now, decided);
    }

    private String refusal(KindDescription kind, List<Declared> properties) {
        try {
            reader.tryOut(kind, properties.stream().map(Declared::name).toList());
            return "";
        } catch (GraphException e) {
            if (REFUSED.contains(e.reason()) || BROKEN.contains(e.reason()) && breaksDownOver(kind, properties)) {
                return reason(e);
            }
            throw e;
        }
    }

    // A request that Graph breaks down over looks like an outage, but for that it is answered without them, and never
    // with them.
    private boolean breaksDownOver(KindDescription kind, List<Declared> properties) {
        return answers(kind, List.of()) && !answers(kind, properties);
    }

    private boolean answers(KindDescription kind, List<Declared> properties) {
        try {
            reader.tryOut(kind, properties.stream().map(Declared::name).toList());
            return true;
        } catch (GraphException e) {
            return false;
        }
    }

    private void select() {
        KINDS.forEach(kind -> reader.alsoSelect(
                kind.kind(), of(kind.kind()).stream().map(NewerProperty::name).toList()));
    }

    private void tell(NewerProperties before) {
        for (KindDescription kind : KINDS) {
            List<NewerProperty> now = known.of(kind.kind());
            if (!now.equals(before.of(kind.kind()))) {
                LOG.infof(
                        "properties newer than the catalogue found tenant=%s kind=%s read=%s leftOut=%s",
                        tenant, kind.kind().word(), names(now, true), names(now, false));
            }
        }
    }

    private static String names(List<NewerProperty> properties, boolean read) {
        String names = properties.stream()
                .filter(one -> one.isRead() == read)
                .map(NewerProperty::name)
                .collect(Collectors.joining(","));
        return names.isEmpty() ? "-" : names;
    }

    private static String type(KindDescription kind) {
        return kind.types().names().get(0);
    }

    private static String reason(GraphException why) {
        String code = why.code().isEmpty() ? "" : " " + why.code();
        return why.status() == 0 ? why.reason().name() : why.reason() + " (" + why.status() + code + ")";
    }
}
