package io.tidemark.audit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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

@AnalyzeClasses(packages = "io.tidemark.audit", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchRule TRANSLATION_IS_PURE = classes()
            .that()
            .resideInAPackage("io.tidemark.audit.translate..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "io.tidemark.directory..",
                    "io.tidemark.contracts..",
                    "io.tidemark.audit.translate..");

    @ArchTest
    static final ArchRule ONLY_MONGO_CLASSES_KNOW_MONGO = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Mongo")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.mongodb..");

    @ArchTest
    static final ArchRule ONLY_LISTENERS_AND_KAFKA_CLASSES_KNOW_MESSAGING = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Kafka")
            .and()
            .haveSimpleNameNotEndingWith("Listener")
            .and()
            .haveSimpleNameNotEndingWith("_Subclass")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka..")
                    .or(resideInAPackage("org.eclipse.microprofile.reactive.messaging.."))
                    .or(resideInAPackage("io.smallrye.reactive.messaging.."))
                    .or(resideInAPackage("io.tidemark.runtime.event..")));

    @ArchTest
    static final ArchRule ONLY_RESOURCES_KNOW_HTTP = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Resource")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule NOBODY_WRITES_TO_GRAPH =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.tidemark.graph.write..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.tidemark.audit.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule TIME_IS_GIVEN = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule INJECTION_BY_CONSTRUCTOR = noFields().should().beAnnotatedWith(Inject.class);
}
