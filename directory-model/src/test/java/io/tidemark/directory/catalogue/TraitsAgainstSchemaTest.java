package io.tidemark.directory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What names and types of Graph's schema give away is held against what the catalogue says of single properties, nested ones included. */
class TraitsAgainstSchemaTest {

    private static final Pattern IN_ORDER =
            Pattern.compile("PrecedenceOrder|[sS]tages|stageSettings|icons|Icons|pages|Pages");
    private static final Pattern BY_ITSELF = Pattern.compile(
            "lastModified.*|modifiedDateTime|last[A-Z].*DateTime|.*LastS(ync|ignIn)DateTime|refreshTokens.*|consumedUnits"
                    + "|provisioningStatus|isUsable|methodUsabilityReason|complianceExpirationDateTime|operatingSystemVersion");
    private static final Pattern SECRET = Pattern.compile(
            "secretText|.*[cC]lientSecret|secretKey|password|temporaryAccessPass|productKey|license|.*WorkspaceKey|payload"
                    + "|preSharedKey|.*[pP]rivateKey|certificateData|(key|password)Credentials");
    private static final Pattern OF_PEOPLE = Pattern.compile(
            "mail|.*Mails|.*Emails|.*Email|.*Phones?|.*PhoneNumber|userPrincipalName|userDisplayName|givenName|surname"
                    + "|streetAddress|principalDisplayName|proxyAddresses|.*EmailAddress(es)?|contactEmail");
    private static final Set<String> OF_PEOPLE_BY_TYPE =
            Set.of("identity", "userIdentity", "identitySet", "singleUser", "subjectSet");

    /** Dates that only say when somebody last did it, and that Graph does not change by itself. */
    private static final Set<String> LASTING = Set.of("certification/lastCertificationDateTime");

    /** Addresses of applications and organisations, and words that only sound like data of people. */
    private static final Set<String> NOT_OF_PEOPLE = Set.of(
            "organization businessPhones",
            "organizationalBrandingLocalization customForgotMyPasswordText",
            "deviceConfiguration passcodeRequired");

    private static GraphSchema schema;

    @BeforeAll
    static void readSchema() throws Exception {
        schema = GraphSchema.read();
    }

    @ParameterizedTest
    @EnumSource
    void wordsJoinedByCommasAreASet(ObjectKind kind) {
        assertThat(without(kind, Trait.COMMA_SET, (path, type) -> schema.isFlags(type)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatStandsInAnOrderIsComparedInOrder(ObjectKind kind) {
        assertThat(without(
                        kind,
                        Trait.ORDERED,
                        (path, type) -> type.startsWith("Collection(")
                                && IN_ORDER.matcher(last(path)).find()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatChangesByItselfIsNotCompared(ObjectKind kind) {
        assertThat(without(
                        kind,
                        Trait.VOLATILE,
                        (path, type) -> BY_ITSELF.matcher(last(path)).matches() && !LASTING.contains(path)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatSoundsLikeASecretIsOne(ObjectKind kind) {
        assertThat(without(
                        kind,
                        Trait.SECRET,
                        (path, type) -> !type.equals("Edm.Boolean")
                                && !type.endsWith("Configuration)")
                                && SECRET.matcher(last(path)).matches()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatTellsOfPeopleIsPersonal(ObjectKind kind) {
        assertThat(without(kind, Trait.PERSONAL, (path, type) -> tellsOfPeople(kind, path, type)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyRelationOfGraphIsRecordedOrLeftOutForAReason(ObjectKind kind) {
        KindDescription description = Catalogue.of(kind);
        Set<String> relations = new TreeSet<>();
        description
                .types()
                .names()
                .forEach(type -> relations.addAll(schema.relations(type).keySet()));
        Set<String> left = new TreeSet<>(relations);
        left.removeAll(description.types().besides());
        description.links().stream().map(LinkKind::relation).forEach(left::remove);
        Catalogue.below(kind).forEach(below -> left.remove(below.reach().relation()));

        if (!description.types().part()) {
            assertThat(left).isEqualTo(description.beyond().keySet());
        }
    }

    private static boolean tellsOfPeople(ObjectKind kind, String path, String type) {
        String of = type.replace("Collection(", "").replace(")", "");
        boolean text = of.equals("Edm.String");
        return !NOT_OF_PEOPLE.contains(kind.word() + " " + path)
                && (text && OF_PEOPLE.matcher(last(path)).matches()
                        || OF_PEOPLE_BY_TYPE.contains(of.substring(of.lastIndexOf('.') + 1)));
    }

    /** What the schema has of a kind, is meant, and neither it nor what it is a part of has the trait. */
    private static Map<String, String> without(ObjectKind kind, Trait trait, BiPredicate<String, String> meant) {
        KindDescription description = Catalogue.of(kind);
        Map<String, String> found = new TreeMap<>();
        for (String type : description.types().names()) {
            schema.paths(type, description.types().besides()).forEach((path, of) -> {
                String top = path.substring(0, (path + "/").indexOf('/'));
                boolean recorded = description.find(top).isPresent()
                        || description.rest().isPresent()
                                && !description.types().part();
                if (recorded && meant.test(path, of) && !has(description, path, trait)) {
                    found.put(path, of);
                }
            });
        }
        return found;
    }

    private static boolean has(KindDescription description, String path, Trait trait) {
        for (String part = path; !part.isEmpty(); part = part.substring(0, Math.max(0, part.lastIndexOf('/')))) {
            if (description.find(part).filter(property -> property.has(trait)).isPresent()) {
                return true;
            }
        }
        return description.rest().filter(rest -> rest.has(trait)).isPresent();
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
