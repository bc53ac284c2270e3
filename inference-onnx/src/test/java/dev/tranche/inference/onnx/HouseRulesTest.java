package dev.tranche.inference.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What this module may lean on; the rules of every module are in module `house`.
class HouseRulesTest {
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
}
