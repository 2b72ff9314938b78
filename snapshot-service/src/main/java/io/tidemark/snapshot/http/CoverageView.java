package io.tidemark.snapshot.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.catalogue.Access;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.directory.catalogue.Reach;
import io.tidemark.directory.catalogue.Restorability;
import io.tidemark.directory.coverage.PropertyCoverage;
import io.tidemark.snapshot.capture.newer.NewerProperties;
import io.tidemark.snapshot.capture.newer.NewerProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of one tenant is recorded, compared and can be put back.
 *
 * @param tenantId the tenant
 * @param permissionsKnown whether the token says which permissions were granted; if not, all count as granted
 * @param granted the application permissions that were granted
 * @param hidden the kinds that cannot be read for want of a permission
 * @param permissionsToAsk the least permissions that would show all of them, hidden memberships included
 * @param kinds every kind
 */
record CoverageView(
        String tenantId,
        boolean permissionsKnown,
        List<String> granted,
        List<String> hidden,
        List<String> permissionsToAsk,
        List<KindView> kinds) {

    /**
     * One kind.
     *
     * @param readable whether the granted permissions let it be read
     * @param missing the least permissions that are missing before it can be read
     * @param optional why a tenant may not have it
     * @param recordedBy which captures record it
     * @param restorable whether this version can put it back at all
     * @param notRestorableBecause why not
     * @param writePermission the least permission to put it back
     * @param nativeService what Microsoft's own backup recovers of it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KindView(
            String kind,
            boolean readable,
            List<String> missing,
            @Nullable String optional,
            Reach.Cadence recordedBy,
            Restorability.State restorable,
            @Nullable String notRestorableBecause,
            @Nullable String writePermission,
            NativeView nativeService,
            List<PropertyCoverage> properties,
            List<LinkView> links,
            List<RelationView> relations) {}

    /**
     * One relation to other objects that is not recorded with the kind.
     *
     * @param recordedAs the kind or link that it is recorded as; left out if it is not recorded at all
     * @param notRecordedBecause why not; left out if it is
     * @param missing the least permissions that are missing before what it is recorded as can be read whole
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RelationView(
            String relation,
            @Nullable String recordedAs,
            @Nullable String notRecordedBecause,
            List<String> missing) {}

    /**
     * One kind of link.
     *
     * @param missing the permissions without which Graph leaves some of them out and does not say so
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LinkView(
            String link,
            List<String> missing,
            LinkDescription.Reading reading,
            Restorability.State restorable,
            @Nullable String notRestorableBecause,
            boolean nativelyRecovered) {}

    /** What Microsoft's own backup says of a kind. */
    record NativeView(boolean knowsIt, boolean allProperties, String note) {}

    static CoverageView of(TenantId tenant, Set<String> granted, NewerProperties newer) {
        boolean known = !granted.isEmpty();
        List<KindView> kinds = Arrays.stream(ObjectKind.values())
                .map(Catalogue::of)
                .map(kind -> view(kind, granted, known, newer.of(kind.kind())))
                .toList();
        Set<String> toAsk = new TreeSet<>();
        kinds.forEach(kind -> {
            toAsk.addAll(kind.missing());
            kind.links().forEach(link -> toAsk.addAll(link.missing()));
        });
        return new CoverageView(
                tenant.toString(),
                known,
                granted.stream().sorted().toList(),
                kinds.stream()
                        .filter(kind -> !kind.readable())
                        .map(KindView::kind)
                        .toList(),
                List.copyOf(toAsk),
                kinds);
    }

    private static KindView view(KindDescription kind, Set<String> granted, boolean known, List<NewerProperty> newer) {
        Access access = kind.access();
        List<String> missing = known ? access.missing(granted) : List.of();
        return new KindView(
                kind.kind().word(),
                missing.isEmpty(),
                missing,
                access.optional().orElse(null),
                kind.reach().cadence(),
                kind.restorability().state(),
                reason(kind.restorability()),
                access.write().orElse(null),
                new NativeView(
                        kind.nativeCoverage().any(),
                        kind.nativeCoverage().all(),
                        kind.nativeCoverage().note()),
                properties(kind, newer),
                kind.linkDescriptions().stream()
                        .map(link -> view(link, known ? link.missing(granted) : List.of()))
                        .toList(),
                PropertyCoverage.beyond(kind).stream()
                        .map(relation -> view(relation, known ? hiding(relation, granted) : List.of()))
                        .toList());
    }

    private static List<PropertyCoverage> properties(KindDescription kind, List<NewerProperty> newer) {
        List<PropertyCoverage> all = new ArrayList<>(PropertyCoverage.of(kind));
        newer.stream()
                .filter(property -> kind.isNewer(property.name()))
                .forEach(property -> all.add(PropertyCoverage.newer(property.name(), property.refused())));
        return all;
    }

    private static RelationView view(PropertyCoverage relation, List<String> missing) {
        boolean recorded = !relation.recordedAs().isEmpty();
        return new RelationView(
                relation.name(), recorded ? relation.recordedAs() : null, recorded ? null : relation.remark(), missing);
    }

    private static List<String> hiding(PropertyCoverage relation, Set<String> granted) {
        String as = relation.recordedAs();
        Optional<ObjectKind> kind = ObjectKind.find(as);
        if (as.isEmpty() || kind.isPresent()) {
            return kind.map(found -> Catalogue.of(found).access().missing(granted))
                    .orElse(List.of());
        }
        LinkKind link = LinkKind.parse(as);
        return Stream.concat(
                        Catalogue.of(link.source()).access().missing(granted).stream(),
                        Catalogue.of(link).missing(granted).stream())
                .distinct()
                .toList();
    }

    private static LinkView view(LinkDescription link, List<String> missing) {
        return new LinkView(
                link.kind().word(),
                missing,
                link.reading(),
                link.restorability().state(),
                reason(link.restorability()),
                link.nativelyRecovered());
    }

    private static @Nullable String reason(Restorability restorability) {
        return restorability.isRestorable() ? null : restorability.reason();
    }
}
