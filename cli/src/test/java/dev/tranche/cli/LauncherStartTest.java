package dev.tranche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./tranche` as a whole, in a folder of its own whose command line only tells what it was started with.
class LauncherStartTest {
    private static final String MAIN = """
            package dev.tranche.cli;
            public class Main {
                public static void main(String[] words) {
                    System.out.println(ProcessHandle.current().pid() + " " + String.join("|", words)
                            + " " + System.getProperty("extra", "-"));
                    System.exit(words.length);
                }
            }
            """;
    private static final String REHEARSAL =
            "package dev.tranche.cli; public class Rehearsal { public static void main(String[] words) {} }";

    @TempDir
    private Path root = Path.of("");

    @BeforeEach
    void build() throws IOException {
        Files.copy(Bash.LAUNCHER, root.resolve("tranche"));
        Files.writeString(root.resolve("pom.xml"), "<modules/>");
        Files.createDirectories(root.resolve("cli/src/main/java"));
        Files.writeString(root.resolve("cli/pom.xml"), "<artifactId>tranche-cli</artifactId>");
        Path classes = Files.createDirectories(root.resolve("cli/target/classes"));
        StringWriter said = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-d", classes.toString()),
                        null,
                        List.of(source("Main", MAIN), source("Rehearsal", REHEARSAL)))
                .call();
        assertThat(compiled).as(said.toString()).isTrue();
        try (OutputStream file = Files.newOutputStream(root.resolve("cli/target/tranche-cli-0.1.0.jar"));
                JarOutputStream jar = new JarOutputStream(file);
                Stream<Path> found = Files.walk(classes)) {
            found.filter(Files::isRegularFile).forEach(path -> add(jar, classes, path));
        }
        Bash.in(root).lines("remember cli:$(source_digest cli)");
    }

    private static void add(JarOutputStream jar, Path classes, Path file) {
        try {
            jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
            Files.copy(file, jar);
            jar.closeEntry();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static SimpleJavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(
                URI.create("string:///dev/tranche/cli/" + name + ".java"), SimpleJavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private Bash bash() {
        return Bash.in(root).with("JAVA_HOME", System.getProperty("java.home"));
    }

    private Path cache() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("target/launcher/aot"))) {
            return files.filter(file -> file.toString().endsWith(".aot"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String lastLine(Bash.Ended ended) {
        return ended.out().strip().lines().reduce("", (_, line) -> line);
    }

    @Test
    void wordsExitCodesAndTheProcessItselfAreHandedOn() {
        Bash.Ended ended = bash().with("TRANCHE_JAVA_OPTS", "-Dextra=yes -Xmx64m")
                .run(root.resolve("tranche").toString(), "models", "two words");
        assertThat(ended.code()).isEqualTo(2);
        // The same process id: signals reach the JVM, because bash has made way for it.
        assertThat(lastLine(ended)).isEqualTo(ended.pid() + " models|two words yes");
    }

    @Test
    void theFirstStartTrainsAndTheSecondIsQuiet() throws IOException {
        assertThat(bash().run(root.resolve("tranche").toString()).out()).contains("trained cli");
        assertThat(cache()).isNotEmptyFile();
        Bash.Ended second = bash().run(root.resolve("tranche").toString());
        assertThat(second.out().lines()).hasSize(1);
    }

    @Test
    void trainingAskedForHappensOnceAlsoWhereNothingIsBuilt() throws IOException {
        Bash unbuilt = bash().with("TRANCHE_NO_BUILD", "1");
        assertThat(unbuilt.run(root.resolve("tranche").toString()).out()).doesNotContain("trained");
        assertThat(unbuilt.lines("train_all cli", "train_all cli").out().lines())
                .filteredOn(line -> line.contains("trained cli"))
                .hasSize(1);
        assertThat(cache()).isNotEmptyFile();
    }

    @Test
    void aDamagedCacheStopsNothing() throws IOException {
        bash().run(root.resolve("tranche").toString());
        try (RandomAccessFile file = new RandomAccessFile(cache().toFile(), "rw")) {
            for (long at = file.length() / 4; at < file.length() / 2; at += 512) {
                file.seek(at);
                file.writeLong(0x5EED_5EED_5EED_5EEDL);
            }
        }
        Bash.Ended damaged = bash().run(root.resolve("tranche").toString(), "a", "b");
        assertThat(damaged.code()).isEqualTo(2);
        assertThat(damaged.out().lines()).hasSize(1);

        Files.writeString(cache(), "not a cache");
        assertThat(bash().run(root.resolve("tranche").toString(), "a").code()).isEqualTo(1);
    }

    @Test
    void aTrainingThatFailsIsTriedOnceAndStopsNothing() throws IOException {
        Bash bash = bash();
        // A folder that cannot be made: its name is taken by a file.
        Files.createDirectories(root.resolve("target/launcher"));
        Files.writeString(root.resolve("target/launcher/aot"), "in the way");
        Bash.Ended ended = bash.run(root.resolve("tranche").toString(), "a");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(lastLine(ended)).contains(" a -");
    }
}
