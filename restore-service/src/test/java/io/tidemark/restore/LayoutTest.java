package io.tidemark.restore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemark.layout.EveryModule;
import io.tidemark.layout.EveryService;

@AnalyzeClasses(packages = "io.tidemark.restore", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchTests MODULE = ArchTests.in(EveryModule.class);

    @ArchTest
    static final ArchTests SERVICE = ArchTests.in(EveryService.class);

    @ArchTest
    static final ArchRule planAndGuardArePure = noClasses()
            .that()
            .resideInAnyPackage("..restore.plan..", "..restore.guard..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "org.jspecify..",
                    "io.tidemark.directory..",
                    "io.tidemark.contracts..",
                    "io.tidemark.restore.plan..",
                    "io.tidemark.restore.guard..");

    @ArchTest
    static final ArchRule onlyExecutionWritesToGraph = noClasses()
            .that()
            .resideOutsideOfPackage("..restore.execute..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tidemark.graph.write..");
}
