package io.tidemark.directory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The permission that an operator is told to grant is one that Graph's published map takes for this address, from an application. */
class LeastPermissionTest {

    /** Documented, and missing in the map: read by an address that it does not have, or by signed-in users only. */
    private static final Set<ObjectKind> NOT_IN_THE_MAP = Set.of(
            ObjectKind.AGREEMENT, ObjectKind.ACCESS_PACKAGE_RESOURCE, ObjectKind.ACCESS_PACKAGE_ASSIGNMENT_POLICY);

    /** Permissions that show a property, or the objects of a filter, of an address that takes others; the map tells of addresses only. */
    private static final Set<String> FOR_A_PART = Set.of(
            "CustomSecAttributeAssignment.Read.All",
            "User-LifeCycleInfo.Read.All",
            "RoleManagementPolicy.Read.AzureADGroup");

    private static final Map<String, Set<String>> PERMITTED = new HashMap<>();

    @BeforeAll
    static void readMap() throws Exception {
        String folder = System.getProperty("reference.data", "");
        Path file = Path.of(folder, "graph-permissions.json");
        assumeTrue(
                !folder.isBlank() && Files.exists(file),
                "skipped: Graph's permission map is not there; name its folder with -Dreference.data=…");
        try (InputStream in = Files.newInputStream(file)) {
            JsonObject permissions = (JsonObject)
                    ((JsonObject) JsonText.parse(in)).find("permissions").orElseThrow();
            permissions
                    .members()
                    .forEach((name, permission) ->
                            elements(permission, "pathSets").forEach(set -> note(name, (JsonObject) set)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLeastPermissionIsEnough(ObjectKind kind) {
        KindDescription description = Catalogue.of(kind);
        String path = normal(description.path());
        boolean delta = description.reading() == KindDescription.Reading.DELTA;
        Set<String> permitted = new TreeSet<>(PERMITTED.getOrDefault(delta ? path + "/delta" : path, Set.of()));
        if (delta) {
            // The map has the delta query of administrative units where the beta version has them.
            permitted.addAll(PERMITTED.getOrDefault(path.replace("/directory/", "/") + "/delta", Set.of()));
        }

        if (NOT_IN_THE_MAP.contains(kind)) {
            assertThat(permitted).isEmpty();
            return;
        }
        assertThat(description.access().read())
                .extracting(Access.Permission::least)
                .filteredOn(least -> !FOR_A_PART.contains(least))
                .allSatisfy(least -> assertThat(permitted).contains(least));
    }

    private static void note(String permission, JsonObject set) {
        boolean read = texts(elements(set, "methods")).contains("GET");
        boolean application = texts(elements(set, "schemeKeys")).contains("Application");
        if (read && application) {
            ((JsonObject) set.find("paths").orElseThrow())
                    .names()
                    .forEach(path -> PERMITTED
                            .computeIfAbsent(normal(path), first -> new TreeSet<>())
                            .add(permission));
        }
    }

    private static String normal(String path) {
        return ("/" + path).replace("//", "/").replaceAll("\\{[^}]*}", "{}").toLowerCase(Locale.ROOT);
    }

    private static List<JsonValue> elements(JsonValue object, String name) {
        return ((JsonArray) ((JsonObject) object).find(name).orElseThrow()).elements();
    }

    private static List<String> texts(List<JsonValue> values) {
        return values.stream()
                .map(value -> ((io.tidemark.directory.json.JsonString) value).value())
                .toList();
    }
}
