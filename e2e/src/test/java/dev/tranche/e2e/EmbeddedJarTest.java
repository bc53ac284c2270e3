package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The jar of `inference` alone, as somebody takes it who wants a model in another program.
class EmbeddedJarTest {
    private static final long LARGEST = 1_000_000; // bytes; the house rule is under 1 MB
    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path work;

    @Test
    @Promise("000 §6.1 deployment at the edge: the inference jar has under 1 MB and needs nothing but a JVM")
    void theJarIsSmallAndNeedsNothing() throws IOException {
        Path jar = jar();
        assertThat(Files.size(jar)).isBetween(1L, LARGEST);
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream().filter(entry -> !entry.isDirectory()).map(entry -> entry.getName()))
                    .allMatch(name -> name.startsWith("dev/tranche/inference/") || name.startsWith("META-INF/"));
            assertThat(file.getManifest().getMainAttributes().getValue("Class-Path"))
                    .isNull();
        }
    }

    @Test
    @Promise("000 §6.1 deployment at the edge: a model answers inside another program, in three lines")
    void theThreeLinesOfTheGuideRunWithTheJarAlone() throws IOException, InterruptedException {
        Matcher code = CODE.matcher(Files.readString(Product.ROOT.resolve("docs/how-to/embed-in-your-jvm.md")));
        assertThat(code.find()).as("the guide shows a program").isTrue();
        Path program = Files.writeString(work.resolve("Edge.java"), code.group(1));
        write("model.yaml", """
                {"name": "german_credit_lr_v1.0", "format": "logistic", "file": "logistic.json", "output": "probability",
                 "label": {"name": "bad", "definition": "a test", "positive": "1"}}""");
        write("features.json", """
                {"features": ["duration", {"name": "purpose", "type": "category", "categories": ["new car", "radio/tv"]}]}""");
        write("logistic.json", """
                {"intercept": 0, "terms": [{"input": "duration", "coefficient": 0}, {"input": "purpose", "coefficient": 1}]}""");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-cp", jar().toString(), program.toString(), work.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output.strip()).as("1 / (1 + e^-1)").isEqualTo("0.7310585786300049");
    }

    @Test
    @Promise("000 §6.1 deployment at the edge takes 80 % off the latency, the answers staying the same")
    void theExampleMeasuresTheEmbeddedModelBesideTheServer() throws IOException, InterruptedException {
        List<String> words = List.of(Product.ROOT.resolve("tranche").toString(), "examples", "edge", "--calls", "300");
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isBetween(0, 1);
        assertThat(output)
                .contains("environment", "324 of 324 answers over HTTP equal the embedded ones to the last bit")
                .containsPattern("takes -?[0-9.]+ % off the median of the HTTP call");
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Product.ROOT.resolve("inference/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("tranche-inference-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(work.resolve(name), text);
    }
}
