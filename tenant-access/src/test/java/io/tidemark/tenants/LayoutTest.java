package io.tidemark.tenants;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemark.layout.EveryModule;

@AnalyzeClasses(packages = "io.tidemark.tenants", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchTests MODULE = ArchTests.in(EveryModule.class);

    @ArchTest
    static final ArchRule THE_WAY_TO_A_TENANT_NEITHER_READS_NOR_WRITES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tidemark.graph.read..", "io.tidemark.graph.write..", "io.tidemark.graph.audit..");
}
