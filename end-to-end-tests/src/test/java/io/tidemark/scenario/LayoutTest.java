package io.tidemark.scenario;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemark.layout.EveryModule;

/** Who judges the product must not be the product. */
@AnalyzeClasses(packages = "io.tidemark.scenario")
class LayoutTest {

    @ArchTest
    static final ArchTests MODULE = ArchTests.in(EveryModule.class);

    @ArchTest
    static final ArchRule THE_ORACLE_SHARES_NO_CODE_WITH_THE_PRODUCT = noClasses()
            .that()
            .resideInAPackage("io.tidemark.scenario..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tidemark.directory..",
                    "io.tidemark.contracts..",
                    "io.tidemark.graph..",
                    "io.tidemark.localstack.demo..");

    @ArchTest
    static final ArchRule EXPORTS_ARE_READ_AND_COMPARED_BY_THEMSELVES = noClasses()
            .that()
            .haveSimpleName("ExportedTenant")
            .or()
            .haveSimpleName("Facts")
            .or()
            .haveSimpleName("Fact")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tidemark.localstack..", "io.tidemark.simulator..");
}
