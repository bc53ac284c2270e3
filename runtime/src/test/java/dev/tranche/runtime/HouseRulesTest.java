package dev.tranche.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What this module may lean on, and how its files look.
class HouseRulesTest {
    private static final int CEILING = 500;
    private static final int MEDIAN = 90;
    private static final Pattern EMPTY_CATCH = Pattern.compile("catch \\([^)]*\\) \\{\\s*}");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tranche.runtime");

    @Test
    void ofOursItKnowsReleaseAtMost() {
        noClasses()
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "other modules of ours",
                        type -> type.getPackageName().startsWith("dev.tranche.")
                                && !type.getPackageName().startsWith("dev.tranche.runtime")
                                && !type.getPackageName().startsWith("dev.tranche.release")))
                .check(CLASSES);
    }

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

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.tranche.runtime.(**)").should().beFreeOfCycles().check(CLASSES);
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
    void onlyExceptionsAndEnumsAreSerializable() {
        classes()
                .that()
                .areAssignableTo(Serializable.class)
                .should()
                .beAssignableTo(Throwable.class)
                .orShould()
                .beEnums()
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIsAndValuesAreNotGotten() {
        classes()
                .should()
                .haveNameNotMatching(
                        ".*(Manager|Helper|Util|Impl|Processor|Info|Data|Base|Common|Generic)[a-z]*(\\$.*)?")
                .check(CLASSES);
        com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods()
                .that()
                .arePublic()
                .should()
                .haveNameNotMatching("get[A-Z].*")
                .check(CLASSES);
    }

    @Test
    void filesAreShortAndSwallowNothing() throws IOException {
        Path sources = Path.of(System.getProperty("tranche.root"), "runtime/src");
        try (Stream<Path> paths = Files.walk(sources)) {
            List<Path> files =
                    paths.filter(path -> path.toString().endsWith(".java")).toList();
            assertThat(files).isNotEmpty();
            for (Path file : files) {
                String text = Files.readString(file);
                assertThat(text.lines().count()).as(file.toString()).isLessThanOrEqualTo(CEILING);
                assertThat(EMPTY_CATCH.matcher(text).find())
                        .as("%s swallows", file)
                        .isFalse();
            }
            List<Long> lengths =
                    files.stream().map(HouseRulesTest::lines).sorted().toList();
            assertThat(lengths.get(lengths.size() / 2)).as("median length").isLessThanOrEqualTo(MEDIAN);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
