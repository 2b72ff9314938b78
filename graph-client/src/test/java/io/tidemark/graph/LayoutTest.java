package io.tidemark.graph;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemark.layout.EveryModule;

@AnalyzeClasses(packages = "io.tidemark.graph", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchTests MODULE = ArchTests.in(EveryModule.class);

    @ArchTest
    static final ArchRule READING_DOES_NOT_KNOW_WRITING = noClasses()
            .that()
            .resideOutsideOfPackage("io.tidemark.graph.write")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tidemark.graph.write");

    @ArchTest
    static final ArchRule ONLY_TRANSPORT_KNOWS_THE_SDK = noClasses()
            .that()
            .resideOutsideOfPackage("io.tidemark.graph.transport")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.microsoft..", "com.azure..", "okhttp3..");

    @ArchTest
    static final ArchRule PACING_KNOWS_NOTHING_ELSE = noClasses()
            .that()
            .resideInAPackage("io.tidemark.graph.pace")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tidemark.directory..", "io.tidemark.graph.transport..", "io.tidemark.graph.read..");

    @ArchTest
    static final ArchRule NO_FRAMEWORK = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "io.quarkus..", "org.eclipse.microprofile..");
}
