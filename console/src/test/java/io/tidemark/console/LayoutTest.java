package io.tidemark.console;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.tidemark.layout.EveryModule;

@AnalyzeClasses(packages = "io.tidemark.console", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchTests MODULE = ArchTests.in(EveryModule.class);
}
