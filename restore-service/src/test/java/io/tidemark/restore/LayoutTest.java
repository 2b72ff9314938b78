package io.tidemark.restore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import java.time.Instant;

@AnalyzeClasses(packages = "io.tidemark.restore", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {

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
    static final ArchRule onlyMongoClassesKnowTheDatabase = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Mongo")
            .and()
            .doNotHaveFullyQualifiedName("io.tidemark.restore.work.Parts")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.mongodb..");

    @ArchTest
    static final ArchRule onlyListenersKnowMessaging = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Listener")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.eclipse.microprofile.reactive..");

    @ArchTest
    static final ArchRule onlyResourcesKnowHttp = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Resource")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule onlyExecutionWritesToGraph = noClasses()
            .that()
            .resideOutsideOfPackage("..restore.execute..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tidemark.graph.write..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.tidemark.restore.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule timeIsGiven = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields = noFields().should().beAnnotatedWith(Inject.class);

    @ArchTest
    static final ArchRule noServiceIsKnown = noClasses()
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                    "io.tidemark.diff..", "io.tidemark.snapshot..", "io.tidemark.audit..", "io.tidemark.simulator.."));
}
