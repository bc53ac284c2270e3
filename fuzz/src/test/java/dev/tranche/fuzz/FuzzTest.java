package dev.tranche.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.server.grpc.InferMessageTarget;
import dev.tranche.server.http.RequestTarget;
import dev.tranche.server.http.TensorTarget;
import dev.tranche.server.journal.RecordTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// No bytes make a reader crash, hang or allocate without bound: each is searched by Jazzer, guided by coverage, in a
/// process of its own with little memory, beginning with genuine files.
///
/// `tranche.fuzz.seconds` is the time a reader gets: 2 in the everyday run, 60 under `./tranche test --all`. Inputs
/// that
/// taught the fuzzer something stay in `target/fuzz/<target>/corpus`, so a long run begins where the last one ended; an
/// input that breaks a reader is printed by name, and its bytes lie beside.
@Execution(ExecutionMode.CONCURRENT)
class FuzzTest {
    private static final Path ROOT = Path.of(System.getProperty("tranche.root"));
    private static final Path WORK = ROOT.resolve("fuzz/target/fuzz");
    private static final long SECONDS = Long.parseLong(System.getProperty("tranche.fuzz.seconds", "2"));
    private static final int LARGEST = 1 << 16;

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
                        "-Dtranche.root=" + ROOT,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.type().getName(),
                        "--instrumentation_includes=dev.tranche.**",
                        "--custom_hook_includes=dev.tranche.**",
                        "--reproducer_path=" + folder,
                        "-max_total_time=" + SECONDS,
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
            assertThat(fuzzer.waitFor(SECONDS + 120, TimeUnit.SECONDS))
                    .as("%s ends", target.name())
                    .isTrue();
        } finally {
            fuzzer.destroyForcibly();
        }
        String said = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertThat(fuzzer.exitValue()).as(said).isZero();
        assertThat(said).as("something was tried").containsPattern("stat::number_of_executed_units: [1-9]");
    }
}
