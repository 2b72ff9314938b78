package io.tidemark.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemark.layout.EveryModule;

@AnalyzeClasses(packages = "io.tidemark.runtime", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchTests MODULE = ArchTests.in(EveryModule.class);

    @ArchTest
    static final ArchRule ONLY_MONGO_CLASSES_KNOW_MONGODB = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Mongo")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.mongodb..");

    @ArchTest
    static final ArchRule ONLY_EVENTS_KNOW_KAFKA = classes()
            .that()
            .resideOutsideOfPackage("io.tidemark.runtime.event")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("org.apache.kafka..");
}
