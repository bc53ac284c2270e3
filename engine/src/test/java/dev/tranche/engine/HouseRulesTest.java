package dev.tranche.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What this module may lean on; the rules of every module are in module `house`.
class HouseRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tranche.engine");

    @Test
    void knowsNoServerNoBatchAndNoCredit() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tranche.engine..",
                        "dev.tranche.inference..",
                        "dev.tranche.market..",
                        "dev.tranche.release..",
                        "dev.tranche.runtime..",
                        "java..",
                        "javax.crypto..",
                        "io.micrometer..",
                        "com.linecorp.armeria..",
                        "io.netty..",
                        "tools.jackson..",
                        "picocli..",
                        "org.slf4j..",
                        "org.jspecify.annotations..")
                .because("it reads routes and posts measurements like any other client")
                .check(CLASSES);
    }

    @Test
    void marketDataKnowNothingOfDetectors() {
        noClasses()
                .that()
                .resideInAPackage("dev.tranche.engine.feed..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tranche.engine.divergence..", "dev.tranche.engine.signal..")
                .check(CLASSES);
    }

    @Test
    void doorsKnowNothingOfDetectors() {
        noClasses()
                .that()
                .resideInAPackage("dev.tranche.engine.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tranche.engine.divergence..", "dev.tranche.engine.feed..", "dev.tranche.engine.upstream..")
                .check(CLASSES);
    }

    @Test
    void onlyTicksKnowTheTime() {
        noClasses()
                .should()
                .callMethod(java.time.Instant.class, "now")
                .because("HOUSE 4")
                .check(CLASSES);
    }
}
