package io.cuttlestore.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The command line is the proof that the public API is enough. */
class PublicApiOnlyTest {
    @Test
    void nothingButThePublicApiIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.cuttlestore.spi..",
                        "io.cuttlestore.codec..",
                        "io.cuttlestore.internal..",
                        "io.cuttlestore.filesystem..",
                        "io.cuttlestore.sqlite..",
                        "io.cuttlestore.redis..",
                        "io.cuttlestore.jackson..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.cuttlestore.cli"));
    }
}
