package dev.tranche.examples.credit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What the trainer may lean on.
class HouseRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tranche.examples.credit");

    @Test
    void theTrainerSharesNoTransformWithTheProductThatItsGoldenRowsCheck() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tranche.inference",
                        "dev.tranche.inference.transform..",
                        "dev.tranche.inference.tree..",
                        "dev.tranche.inference.linear..",
                        "dev.tranche.server..",
                        "dev.tranche.examples.demo..")
                .check(CLASSES);
    }
}
