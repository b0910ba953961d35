package io.cuttlestore.internal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cuttlestore");

    @Test
    void theSpiKnowsNothingOfTheImplementation() {
        noClasses()
                .that()
                .resideInAPackage("io.cuttlestore.spi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.cuttlestore.internal..", "io.cuttlestore.codec..")
                .check(CLASSES);
    }

    @Test
    void onlyTheBuilderLeadsFromTheApiToTheImplementation() {
        noClasses()
                .that()
                .resideInAPackage("io.cuttlestore")
                .and()
                .doNotHaveSimpleName("CuttlestoreBuilder")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.cuttlestore.internal..")
                .check(CLASSES);
    }

    @Test
    void theCoreOpensBackendsByTheirProvidersOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.cuttlestore.internal")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.cuttlestore.internal.memory..")
                .check(CLASSES);
    }

    @Test
    void theCoreStandsOnTheJdkAlone() {
        noClasses()
                .that()
                .doNotHaveSimpleName("EvictingMap")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "javax.net.ssl..", "io.cuttlestore..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void timeComesFromTheInjectedClock() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.cuttlestore.internal")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CLASSES);
    }

    @Test
    void nobodyPrintsOrUsesAnotherLogger() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }

    @Test
    void exceptionsBelongToOneHierarchy() {
        classes()
                .that()
                .areAssignableTo(RuntimeException.class)
                .and()
                .doNotHaveSimpleName("IllegalKeyException")
                .should()
                .beAssignableTo(io.cuttlestore.CuttlestoreException.class)
                .andShould()
                .resideInAPackage("io.cuttlestore")
                .check(CLASSES);
    }
}
