package io.tidemark.backends;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemark.layout.EveryModule;

@AnalyzeClasses(packages = "io.tidemark.backends", importOptions = DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchTests MODULE = ArchTests.in(EveryModule.class);

    @ArchTest
    static final ArchRule ofOurModulesOnlyTheContractsAreKnown = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("io.tidemark..")
            .orShould()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.tidemark.backends..",
                    "io.tidemark.contracts..",
                    "java..",
                    "kafka..",
                    "org.apache.kafka..",
                    "de.bwaldvogel..",
                    "org.h2..",
                    "org.testcontainers..",
                    "org.jspecify..",
                    "io.quarkus.test.common..");
}
