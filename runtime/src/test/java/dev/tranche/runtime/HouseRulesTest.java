package dev.tranche.runtime;

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
            .importPackages("dev.tranche.runtime");

    @Test
    void onlyTheStoreTouchesJdbcAndTheLogNeedsNothingButThePlatform() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..runtime.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer..", "io.zonky..")
                .check(CLASSES);
        classes()
                .that()
                .resideInAnyPackage("..runtime.log..", "..runtime.clock..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tranche.runtime.log..",
                        "dev.tranche.runtime.clock..",
                        "java..",
                        "org.slf4j..",
                        "org.jspecify..")
                .check(CLASSES);
    }
}
