package io.tidemark.snapshot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemark.layout.EveryModule;
import io.tidemark.layout.EveryService;

@AnalyzeClasses(packages = "io.tidemark.snapshot", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchTests MODULE = ArchTests.in(EveryModule.class);

    @ArchTest
    static final ArchTests SERVICE = ArchTests.in(EveryService.class);

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
}
