package dev.tranche.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// ONNX Runtime reads a tree by recursion, about 600 bytes of stack a level, and a stack that ends takes the
/// process with it. The longest path that is let through has 500 levels. So each case runs in a process of
/// its own, on a thread of 256 KiB.
class DeepGraphTest {
    private static final long SMALL_BYTES = 256L << 10;

    @TempDir
    private Path folder;

    /// The process that may end.
    static final class Child {
        private Child() {}

        /// @param arguments `reader` opens the deepest graph as the product does, `alone` as ONNX Runtime
        ///     does by itself
        public static void main(String[] arguments) throws InterruptedException {
            Runnable task = arguments[0].equals("reader") ? Child::byReader : Child::alone;
            Vectors.open("net", "1", "").close(); // classes and libraries are loaded on the large stack of this thread
            int[] status = {1};
            Thread small = Thread.ofPlatform().stackSize(SMALL_BYTES).start(() -> {
                task.run();
                status[0] = 0;
            });
            small.join();
            System.exit(status[0]);
        }

        private static void byReader() {
            byte[] deep = Vectors.bytes("deep.onnx");
            try (Artifact artifact = Artifact.open(
                    Vectors.folder(deep, "value", "1", "\"onnx\": {\"engine\": \"runtime\"}, "),
                    List.of(new OnnxReader()))) {
                double answer = artifact.model()
                        .predict(new double[] {-499, 0, 0, 0}, Deadline.NONE)
                        .outputs()[0];
                if ((float) answer != 0.501f) {
                    throw new IllegalStateException("the row left at another leaf: " + answer);
                }
            }
        }

        private static void alone() {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                    OrtSession session = environment.createSession(Vectors.bytes("deep.onnx"), options)) {
                System.out.println(session.getInputNames());
            } catch (OrtException refused) {
                throw new IllegalStateException(refused);
            }
        }
    }

    private int exit(String how) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + folder.resolve("crash.log"),
                        "-Djava.io.tmpdir=" + folder,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        how)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(how + ".log").toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theDeepestGraphIsOpenedFromAThreadWithALittleStack() throws IOException, InterruptedException {
        assertThat(exit("reader")).isZero();
    }

    @Test
    void withoutADeepStackThatGraphEndsTheProcess() throws IOException, InterruptedException {
        assertThat(exit("alone"))
                .as("when this is 0 or 1, ONNX Runtime survives by itself and the deep stack can go")
                .isGreaterThan(1);
    }
}
