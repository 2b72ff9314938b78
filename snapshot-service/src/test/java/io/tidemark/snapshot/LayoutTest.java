package io.tidemark.snapshot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import java.time.Instant;

@AnalyzeClasses(packages = "io.tidemark.snapshot", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchRule ONLY_MONGO_CLASSES_KNOW_MONGO = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Mongo")
            .and()
            .areTopLevelClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.mongodb..", "org.bson..");

    @ArchTest
    static final ArchRule ONLY_LISTENERS_AND_KAFKA_CLASSES_KNOW_MESSAGING = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Listener")
            .and()
            .haveSimpleNameNotStartingWith("Kafka")
            .and()
            .areTopLevelClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.eclipse.microprofile.reactive.messaging..");

    @ArchTest
    static final ArchRule ONLY_RESOURCES_KNOW_HTTP = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Resource")
            .and()
            .areTopLevelClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule ONLY_CAPTURING_KNOWS_GRAPH = noClasses()
            .that()
            .resideOutsideOfPackage("io.tidemark.snapshot.capture..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tidemark.graph..");

    @ArchTest
    static final ArchRule NOBODY_WRITES_TO_GRAPH =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.tidemark.graph.write..");

    @ArchTest
    static final ArchRule WHAT_IS_REMEMBERED_KNOWS_NEITHER_GRAPH_NOR_BROKER = classes()
            .that()
            .resideInAPackage("io.tidemark.snapshot.cursor..")
            .and()
            .haveSimpleNameNotStartingWith("Mongo")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "io.tidemark.directory..", "io.tidemark.snapshot.cursor..");

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
            slices().matching("io.tidemark.snapshot.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_OTHER_SERVICE_IS_KNOWN = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tidemark.diff..", "io.tidemark.restore..", "io.tidemark.audit..", "io.tidemark.simulator..");

    @ArchTest
    static final ArchRule TIME_IS_GIVEN = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule INJECTION_BY_CONSTRUCTOR = noFields().should().beAnnotatedWith(Inject.class);
}
