package io.tidemark.directory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.ObjectKind;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogueAgainstSchemaTest {

    private static GraphSchema schema;

    @BeforeAll
    static void readSchema() throws Exception {
        schema = GraphSchema.read();
    }

    @ParameterizedTest
    @EnumSource
    void everyPropertyOfTheCatalogueIsOneOfGraphs(ObjectKind kind) {
        Set<String> unknown = topLevel(kind);
        unknown.removeAll(properties(kind).keySet());

        assertThat(unknown).isEqualTo(new TreeSet<>(Catalogue.of(kind).types().besides()));
        assertThat(Catalogue.of(kind).select()).isSubsetOf(properties(kind).keySet());
    }

    @ParameterizedTest
    @EnumSource
    void everyPropertyOfGraphIsInTheCatalogueOrLeftOutForAReason(ObjectKind kind) {
        Set<String> missing = new TreeSet<>(properties(kind).keySet());
        missing.removeAll(topLevel(kind));

        if (!Catalogue.of(kind).types().part()) {
            assertThat(missing).isEqualTo(Catalogue.of(kind).leftOut().keySet());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheCatalogueCallsACollectionIsOne(ObjectKind kind) {
        Map<String, String> types = properties(kind);

        for (String name : topLevel(kind)) {
            if (types.containsKey(name)) {
                assertThat(Catalogue.of(kind).find(name).orElseThrow().has(Trait.COLLECTION))
                        .as("%s of %s", name, kind)
                        .isEqualTo(types.get(name).startsWith("Collection("));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyAddressBeginsWithWhatGraphServes(ObjectKind kind) {
        String path = Catalogue.of(kind).path();

        assertThat(schema.roots()).contains(path.substring(0, (path + "/").indexOf('/')));
    }

    private static Set<String> topLevel(ObjectKind kind) {
        Set<String> names = new TreeSet<>(Catalogue.of(kind).properties().keySet());
        names.removeIf(name -> name.indexOf('/') >= 0);
        return names;
    }

    private static Map<String, String> properties(ObjectKind kind) {
        Map<String, String> properties = new TreeMap<>();
        for (String type : Catalogue.of(kind).types().names()) {
            properties.putAll(schema.properties(type));
        }
        return properties;
    }
}
