package io.tidemark.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemark.layout.EveryModule;
import io.tidemark.layout.EveryService;

@AnalyzeClasses(packages = "io.tidemark.audit", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchTests MODULE = ArchTests.in(EveryModule.class);

    @ArchTest
    static final ArchTests SERVICE = ArchTests.in(EveryService.class);

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
    static final ArchRule ONLY_LISTENERS_AND_KAFKA_CLASSES_PUBLISH = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Kafka")
            .and()
            .haveSimpleNameNotEndingWith("Listener")
            .and()
            .areTopLevelClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tidemark.runtime.event..");

    @ArchTest
    static final ArchRule NOBODY_WRITES_TO_GRAPH =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.tidemark.graph.write..");
}
