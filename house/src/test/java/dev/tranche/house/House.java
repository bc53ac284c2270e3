package dev.tranche.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The checkout: its modules, their sources and their class files.
final class House {
    private static final Path ROOT =
            Path.of(System.getProperty("tranche.root")).toAbsolutePath().normalize();
    private static final Pattern MODULE = Pattern.compile("<module>([a-z0-9-]+)</module>");
    private static final ImportOption NO_GENERATED = location -> !location.contains("jmh_generated");

    private House() {}

    /// A source file.
    ///
    /// @param name where it lies in the checkout
    record Source(String module, String name, String text) {
        boolean test() {
            return name.contains("/src/test/");
        }

        long lines() {
            return text.lines().count();
        }

        /// The text with comments and the contents of literals left out, so that words in them break no rule.
        String code() {
            return text.replaceAll("(?s)\"\"\".*?\"\"\"", "\"\"")
                    .replaceAll("\"(\\\\.|[^\"\\\\\n])*\"", "\"\"")
                    .replaceAll("(?m)//.*$", "")
                    .replaceAll("(?s)/\\*.*?\\*/", "");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// The modules of the build, in its order.
    static List<String> modules() {
        return MODULE.matcher(read(ROOT.resolve("pom.xml")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /// The Java files of every module.
    static List<Source> sources() {
        return modules().stream().flatMap(House::sources).toList();
    }

    private static Stream<Source> sources(String module) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(file -> new Source(module, ROOT.relativize(file).toString(), read(file)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The compiled classes of some modules, without their tests.
    static JavaClasses classes(List<String> modules) {
        List<Path> folders = modules.stream()
                .map(module -> ROOT.resolve(module).resolve("target/classes"))
                .toList();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new IllegalStateException(folder + " is missing: run the rules with `mvn -pl house -am test`");
            }
        }
        return new ClassFileImporter().withImportOption(NO_GENERATED).importPaths(folders);
    }

    /// The modules that have classes of their own: the others are tests alone.
    static List<String> withClasses() {
        return modules().stream()
                .filter(module -> Files.isDirectory(ROOT.resolve(module).resolve("src/main/java")))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
