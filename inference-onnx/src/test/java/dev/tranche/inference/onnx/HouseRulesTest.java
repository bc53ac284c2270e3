package dev.tranche.inference.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What this module may lean on, and how its files look.
class HouseRulesTest {
    private static final int CEILING = 500;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tranche.inference.onnx");

    @Test
    void leansOnInferenceAndOnnxRuntimeAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tranche.inference..",
                        "ai.onnxruntime..",
                        "org.jspecify..",
                        "java.lang..",
                        "java.nio",
                        "java.util",
                        "java.util.concurrent",
                        "java.util.concurrent.atomic",
                        "java.util.function",
                        "java.util.stream")
                .check(CLASSES);
    }

    @Test
    void keepsNoThreadOfItsOwn() {
        classes().should().notBeAssignableTo(Thread.class).check(CLASSES);
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
        Path sources = Path.of(System.getProperty("tranche.root"), "inference-onnx/src");
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
