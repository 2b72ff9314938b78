package io.tidemark.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "io.tidemark.simulator", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.tidemark.simulator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theTenantKnowsNobodyElse = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.tidemark.simulator.entity..",
                    "io.tidemark.simulator.kind..",
                    "io.tidemark.simulator.tenant..",
                    "io.tidemark.simulator.rules..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tidemark.simulator.http..",
                    "io.tidemark.simulator.identity..",
                    "io.tidemark.simulator.quota..",
                    "io.tidemark.simulator.fault..",
                    "io.vertx..");

    @ArchTest
    static final ArchRule chaptersFormNoCycle =
            slices().matching("io.tidemark.simulator.rules.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noOtherModuleIsKnown = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tidemark.graph..",
                    "io.tidemark.directory..",
                    "io.tidemark.contracts..",
                    "io.tidemark.snapshot..",
                    "io.tidemark.restore..",
                    "io.tidemark.diff..",
                    "io.tidemark.audit..");

    @ArchTest
    static final ArchRule timeIsGiven = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
}
