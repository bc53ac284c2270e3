package dev.tranche.inference;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What this module may lean on, and how its files look.
class HouseRulesTest {
    private static final int CEILING = 500;

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
    void neitherStartsThreadsNorLooksAtTheClock() {
        noClasses().should().dependOnClassesThat().areAssignableTo(Thread.class).check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .check(CLASSES);
        noClasses().should().callMethod(Instant.class, "now").check(CLASSES);
        noClasses().should().callMethod(LocalDate.class, "now").check(CLASSES);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
        noClasses().should().callMethod(System.class, "nanoTime").check(CLASSES);
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

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.tranche.inference.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void onlyRecordsHavePublicConstructors() {
        constructors()
                .that()
                .areDeclaredInClassesThat()
                .areNotAssignableTo(Record.class)
                .should()
                .notBePublic()
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .should()
                .haveNameNotMatching(
                        ".*(Manager|Helper|Util|Impl|Processor|Info|Data|Base|Common|Generic)[a-z]*(\\$.*)?")
                .check(CLASSES);
    }

    @Test
    void filesStayBelowTheCeiling() throws IOException {
        Path sources = Path.of(System.getProperty("tranche.root"), "inference/src");
        try (Stream<Path> paths = Files.walk(sources)) {
            List<Path> files =
                    paths.filter(path -> path.toString().endsWith(".java")).toList();
            assertThat(files).isNotEmpty();
            for (Path file : files) {
                assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(CEILING);
            }
        }
    }
}
