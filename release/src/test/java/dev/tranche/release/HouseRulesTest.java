package dev.tranche.release;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What this module may lean on; the rules of every module are in module `house`.
class HouseRulesTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tranche.release");

    /// No IO, no threads, no clock, no JSON, nothing else of ours: a decision can be replayed anywhere.
    @Test
    void releaseUsesOnlyValuesTimeAndMathematics() {
        String allowed = "java\\.lang\\.(?!Thread|Process|Runtime$|System$|ClassLoader)[A-Z].*"
                + "|java\\.lang\\.(annotation|invoke|runtime)\\..*"
                + "|java\\.util\\.[A-Z].*|java\\.util\\.(function|stream|regex|random)\\..*"
                + "|java\\.time\\..*|java\\.math\\..*|java\\.nio\\.charset\\..*"
                + "|java\\.security\\.(MessageDigest|NoSuchAlgorithmException)"
                + "|org\\.hipparchus\\..*|org\\.jspecify\\..*|dev\\.tranche\\.release(\\..*)?"
                + "|\\[*[BCDFIJSZ]|\\[+L.*|byte|char|double|float|int|long|short|boolean|void";
        classes().should().onlyDependOnClassesThat(nameMatching(allowed)).check(OURS);
    }

    @Test
    void nobodyAsksAClock() {
        noClasses()
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat(nameMatching("java\\.time\\.Clock|java\\.util\\.(Timer|Random|Scanner).*"))
                .check(OURS);
    }

    @Test
    void theRootKnowsNoneOfItsRoomsAndExperimentsNoRollouts() {
        noClasses()
                .that(resideInAPackage("dev.tranche.release"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tranche.release.registry", "dev.tranche.release.rollout", "dev.tranche.release.experiment")
                .check(OURS);
        noClasses()
                .that(resideInAPackage("dev.tranche.release.experiment"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tranche.release.rollout")
                .check(OURS);
    }
}
