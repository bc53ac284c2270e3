package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps `docs/reference/promises.md` equal to the annotations; run with `-Dpromises.write` to write it anew.
class PromisesPageTest {
    private static final Path PAGE = Product.ROOT.resolve("docs/reference/promises.md");

    @Test
    void thePageListsEveryPromiseThatATestProves() throws IOException, URISyntaxException {
        String page = page();
        if (System.getProperty("promises.write") != null) Files.writeString(PAGE, page);
        assertThat(Files.readString(PAGE))
                .as("docs/reference/promises.md is out of date: run ./tranche promises")
                .isEqualTo(page);
    }

    private static String page() throws IOException, URISyntaxException {
        Map<String, String> proofs = new TreeMap<>();
        for (Class<?> type : testClasses()) {
            for (Method method : type.getDeclaredMethods()) {
                Promise promise = method.getAnnotation(Promise.class);
                if (promise == null) continue;
                for (String sentence : promise.value()) {
                    proofs.merge(
                            sentence,
                            "`" + type.getSimpleName() + "." + method.getName() + "`",
                            (a, b) -> a + ", " + b);
                }
            }
        }
        return proofs.entrySet().stream()
                .map(proof -> "| " + proof.getKey().replaceFirst(" ", " | ").replaceFirst("(§[^ ]*) ", "$1 | ") + " | "
                        + proof.getValue() + " |\n")
                .collect(Collectors.joining("", """
                        # Promises proved

                        Each row is a promise of one of the user's documents and the end-to-end test that proves it on the
                        packaged product. Generated from the tests: `./tranche promises`.

                        | document | section | promise | proved by |
                        |---|---|---|---|
                        """, ""));
    }

    private static Class<?>[] testClasses() throws IOException, URISyntaxException {
        Path classes = Path.of(PromisesPageTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith("Test.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .map(PromisesPageTest::load)
                    .toArray(Class<?>[]::new);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void everyPromiseNamesItsDocumentAndSection() throws IOException, URISyntaxException {
        for (Class<?> type : testClasses()) {
            Arrays.stream(type.getDeclaredMethods())
                    .map(method -> method.getAnnotation(Promise.class))
                    .filter(promise -> promise != null)
                    .flatMap(promise -> Arrays.stream(promise.value()))
                    .forEach(sentence ->
                            assertThat(sentence).as(type.getSimpleName()).matches("00[0-4] §\\S+ .{8,}"));
        }
    }
}
