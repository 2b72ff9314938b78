package io.tidemark.diff;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemark.layout.EveryModule;
import io.tidemark.layout.EveryService;

@AnalyzeClasses(packages = "io.tidemark.diff", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchTests MODULE = ArchTests.in(EveryModule.class);

    @ArchTest
    static final ArchTests SERVICE = ArchTests.in(EveryService.class);

    @ArchTest
    static final ArchRule COMPARISON_AND_ATTRIBUTION_ARE_PURE = classes()
            .that()
            .resideInAnyPackage("io.tidemark.diff.compare..", "io.tidemark.diff.attribution..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "io.tidemark.directory..",
                    "io.tidemark.contracts..",
                    "io.tidemark.diff.compare..",
                    "io.tidemark.diff.attribution..");

    @ArchTest
    static final ArchRule GRAPH_IS_NOT_KNOWN =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.tidemark.graph..");
}
