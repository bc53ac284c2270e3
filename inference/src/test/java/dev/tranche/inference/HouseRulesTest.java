package dev.tranche.inference;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What this module may lean on; the rules of every module are in module `house`.
class HouseRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tranche.inference");

    @Test
    void leansOnNothing() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tranche.inference..",
                        "org.jspecify..",
                        "java.lang",
                        "java.lang.annotation",
                        "java.lang.invoke",
                        "java.lang.runtime",
                        "java.math",
                        "java.nio",
                        "java.nio.charset",
                        "java.security",
                        "java.time..",
                        "java.util",
                        "java.util.function",
                        "java.util.regex",
                        "java.util.stream",
                        "java.io",
                        "java.nio.file",
                        "javax.xml.stream..")
                .check(CLASSES);
    }

    @Test
    void onlyThePmmlReaderParsesXmlAndOnlyTheEmbeddedModelTouchesAFile() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("PmmlXml")
                .and()
                .resideOutsideOfPackage("..embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io", "java.nio.file", "javax.xml..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("..embedded..")
                .should()
                .dependOnClassesThat(resideInAPackage("java.io")
                        .and(not(simpleName("StringReader").or(simpleName("Reader")))))
                .check(CLASSES);
    }

    @Test
    void theTransformIsExactOnEveryMachine() {
        // Math.sqrt, rint, abs, min, max and ulp are exact by definition; the transcendental ones are not.
        for (String function : List.of("exp", "log", "log1p", "pow", "tanh", "log10", "expm1")) {
            Class<?>[] one = {double.class};
            Class<?>[] two = {double.class, double.class};
            noClasses()
                    .that()
                    .resideInAnyPackage("..transform..", "..scorecard..")
                    .should()
                    .callMethod(Math.class, function, function.equals("pow") ? two : one)
                    .check(CLASSES);
        }
    }
}
