package io.tidemark.localstack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemark.layout.EveryModule;

@AnalyzeClasses(packages = "io.tidemark.localstack", importOptions = DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchTests MODULE = ArchTests.in(EveryModule.class);

    @ArchTest
    static final ArchRule servicesAreProcessesAndNeverLibraries = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tidemark.snapshot..",
                    "io.tidemark.audit..",
                    "io.tidemark.diff..",
                    "io.tidemark.restore..",
                    "io.tidemark.console..");

    @ArchTest
    static final ArchRule theDemonstrationSharesNothingWithWhatItChecks = noClasses()
            .that()
            .resideInAPackage("io.tidemark.localstack.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tidemark.directory..", "io.tidemark.contracts..", "io.tidemark.graph..");
}
