package dev.tranche.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.format.onnx.OnnxGraph;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A graph loaded into ONNX Runtime: one thread a call and no arena, so that the same row has the same bits
/// each time and what a call allocates is given back when it ends. Any number of threads may call at once;
/// closing waits for nobody and cuts nobody off, see [Gate].
final class Session implements AutoCloseable {
    private static final int SHOWN = 200;

    /// ONNX Runtime reads a tree by recursion, about 600 bytes a level, and what does not fit the stack ends
    /// the process. The longest path that is let through has 500 levels and ends a thread of 320 KiB; how
    /// much of its stack is left to the thread that opens a model nobody knows, so a graph is read where
    /// there is enough. Reserved, not used.
    private static final long STACK_BYTES = 8L << 20;

    private final OrtSession session;
    private final Gate gate;

    private Session(OrtSession session) {
        this.session = session;
        gate = new Gate(() -> {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime cannot close a session: " + e.getMessage(), e);
            }
        });
    }

    /// Takes what it needs from the values of a run before they are given back.
    @FunctionalInterface
    interface Reading<T> {
        T read(OrtSession.Result result) throws OrtException;
    }

    /// Loads a graph.
    ///
    /// @param graph what was read from the same bytes
    /// @throws ArtifactException `onnx_runtime_missing` where this machine has no native library,
    ///     `model_invalid` when ONNX Runtime refuses the graph, `model_tree_broken` when it would not survive
    ///     one of its trees
    static Session open(byte[] model, OnnxGraph graph) {
        graph.checkTrees();
        OrtEnvironment environment = environment();
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setDeterministicCompute(true);
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return new Session(onDeepStack(() -> environment.createSession(model, options)));
        } catch (OrtException refused) {
            throw ArtifactException.of(
                    "model_invalid", "ONNX Runtime refuses the graph: " + firstLine(refused), refused);
        }
    }

    /// Creates a session.
    @FunctionalInterface
    private interface Creation {
        OrtSession create() throws OrtException;
    }

    private static OrtSession onDeepStack(Creation creation) throws OrtException {
        CompletableFuture<OrtSession> created = new CompletableFuture<>();
        Thread.ofPlatform().name("onnx-load").daemon().stackSize(STACK_BYTES).start(() -> {
            try {
                created.complete(creation.create());
            } catch (OrtException | RuntimeException | LinkageError refused) {
                created.completeExceptionally(refused);
            }
        });
        try {
            return created.join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case OrtException refused -> throw refused;
                case RuntimeException broken -> throw broken;
                case null, default -> throw failed;
            }
        }
    }

    /// The process's environment, which is never closed: it holds the native library.
    static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "tranche");
        } catch (LinkageError | IllegalStateException missing) {
            throw ArtifactException.of(
                    "onnx_runtime_missing",
                    "ONNX Runtime has no native library for this machine (" + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch")
                            + "); it has them for Linux on x86-64 and arm64, macOS on arm64"
                            + " and Windows on x86-64: " + (missing.getCause() == null ? missing : missing.getCause()),
                    missing);
        }
    }

    /// Runs the graph once.
    ///
    /// @throws OrtException when ONNX Runtime cannot
    /// @throws IllegalStateException when the session is closed
    <T> T run(Map<String, OnnxTensor> inputs, Set<String> outputs, Reading<T> reading) throws OrtException {
        gate.enter();
        try (OrtSession.Result result = session.run(inputs, outputs)) {
            return reading.read(result);
        } finally {
            gate.leave();
        }
    }

    @Override
    public void close() {
        gate.close();
    }

    /// What ONNX Runtime says, without the signatures of its functions.
    static String firstLine(OrtException e) {
        String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
        return line.length() <= 2 * SHOWN
                ? line
                : line.substring(0, SHOWN) + " … " + line.substring(line.length() - SHOWN);
    }
}
