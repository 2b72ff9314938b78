package io.tidemark.directory.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CoverageDocumentTest {

    private static final Path PAGE = Path.of("..", "docs", "coverage.md");

    /** After a change of the catalogue, run this with {@code -Dcoverage.write=true} to write the page anew. */
    @Test
    void thePageIsWhatTheCatalogueSays() throws IOException {
        if (Boolean.getBoolean("coverage.write")) {
            Files.writeString(PAGE, CoverageDocument.text());
        }

        assertThat(Files.readString(PAGE)).isEqualTo(CoverageDocument.text());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotPutBackHasAReason(ObjectKind kind) {
        KindDescription description = Catalogue.of(kind);

        assertThat(PropertyCoverage.of(description)).isNotEmpty().allSatisfy(property -> {
            assertThat(property.remark()).isNotBlank();
            assertThat(property.captured() || !property.restorable()).isTrue();
        });
        assertThat(description.restorability().isRestorable())
                .isEqualTo(description.restorability().reason().isEmpty());
        assertThat(description.linkDescriptions())
                .allSatisfy(link -> assertThat(link.restorability().isRestorable())
                        .isEqualTo(link.restorability().reason().isEmpty()));
    }
}
