package io.tidemark.backends;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tidemark.backends", importOptions = DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchRule namesSayWhatTheTypeDoes =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Base|Common|Data|Info|Processor)");

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
