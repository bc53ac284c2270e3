package dev.tranche.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Model;
import dev.tranche.inference.ModelReader;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.Scorer;
import dev.tranche.inference.Verification;
import dev.tranche.inference.tree.TreeModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxModelTest {
    private static final double SKLEARN = 2e-6; // float against scikit-learn's double

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            logistic | 1   | 1
            net      | bad | 0
            forest   | bad | 1
            boosted  | bad | 1
            """)
    void answersWhatScikitLearnAnswers(String name, String positive, int column) {
        try (Artifact artifact = Vectors.open(name, positive, "\"onnx\": {\"engine\": \"runtime\"}, ")) {
            assertThat(artifact.model()).isInstanceOf(OnnxModel.class);
            double[][] rows = Vectors.rows(name);
            double[][] known = Vectors.probabilities(name);
            for (int i = 0; i < rows.length; i++) {
                assertThat(artifact.model().predict(rows[i], Deadline.NONE).score())
                        .isCloseTo(known[i][column], within(SKLEARN));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"forest", "boosted"})
    void treesAreOurOwnWithTheBitsOfOnnxRuntime(String name) {
        try (Artifact ours = Vectors.open(name, "bad", "");
                Artifact theirs = Vectors.open(name, "bad", "\"onnx\": {\"engine\": \"runtime\"}, ")) {
            assertThat(ours.model()).isInstanceOf(TreeModel.class);
            for (double[] row : Vectors.rows(name)) {
                assertThat(ours.model().predict(row, Deadline.NONE).outputs())
                        .containsExactly(
                                theirs.model().predict(row, Deadline.NONE).outputs());
            }
            double[] missing = {Double.NaN, 1, Double.NaN, -1};
            assertThat(ours.model().predict(missing, Deadline.NONE).score())
                    .isEqualTo(theirs.model().predict(missing, Deadline.NONE).score());
        }
    }

    @ParameterizedTest
    @CsvSource({"logistic", "net", "forest", "boosted"})
    void aBatchHasTheBitsOfItsRows(String name) {
        try (Artifact artifact = Vectors.open(
                name,
                "1",
                "\"onnx\": {\"engine\": \"runtime\", \"class\": \"%s\"}, "
                        .formatted(name.equals("forest") ? "bad" : "1")
                        .replace("\"1\"", name.equals("net") ? "\"0\"" : "\"1\""))) {
            Model model = artifact.model();
            double[][] rows = Vectors.rows(name);
            double[] all = Stream.of(rows).flatMapToDouble(DoubleStream::of).toArray();
            double[] margins = new double[rows.length];
            double[] outputs = new double[rows.length];
            Scorer scorer = model.scorer();
            scorer.predictRows(all, rows.length, Deadline.NONE, margins, outputs);
            for (int i = 0; i < rows.length; i++) {
                Prediction alone = model.predict(rows[i], Deadline.NONE);
                assertThat(outputs[i]).isEqualTo(alone.score());
                assertThat(margins[i]).isEqualTo(alone.margins()[0]);
            }
            float[] narrow = new float[all.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (float) all[i];
            }
            double[] again = new double[rows.length];
            scorer.predictRows(narrow, rows.length, Deadline.NONE, margins, again);
            assertThat(again).containsExactly(outputs);
            scorer.predict(rows[1], Deadline.NONE, margins, again);
            assertThat(again[0]).isEqualTo(outputs[1]);
            boolean together = name.equals("forest") || name.equals("boosted");
            assertThat(((OnnxModel) model).mostRows() > 1).isEqualTo(together);
            assertThatThrownBy(() -> scorer.predictRows(all, rows.length + 1, Deadline.NONE, margins, outputs))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theSameRowHasTheSameBitsEachTimeAndAfterLoadingAgain() {
        double[] row = Vectors.rows("net")[3];
        double first;
        try (Artifact artifact = Vectors.open("net", "bad", "")) {
            first = artifact.model().predict(row, Deadline.NONE).score();
            for (int i = 0; i < 100; i++) {
                assertThat(artifact.model().predict(row, Deadline.NONE).score()).isEqualTo(first);
            }
        }
        try (Artifact again = Vectors.open("net", "bad", "")) {
            assertThat(again.model().predict(row, Deadline.NONE).score()).isEqualTo(first);
        }
    }

    @Test
    void goldenRowsMayDifferByTheToleranceAndNeedNoMargin() {
        Map<String, byte[]> files = Vectors.folder(Vectors.bytes("net.onnx"), "probability", "bad", "");
        double[] row = Vectors.rows("net")[0];
        double known = Vectors.probabilities("net")[0][0];
        String input = "{\"input\": {\"a\": %s, \"b\": %s, \"c\": %s, \"d\": %s}, \"output\": [%s]}";
        Vectors.text(files, "samples.jsonl", input.formatted(row[0], row[1], row[2], row[3], known));
        try (Artifact artifact = Artifact.open(files, List.of(new OnnxReader()))) {
            assertThat(artifact.verify()).isEqualTo(new Verification.Reproduced(1));
        }
        Vectors.text(files, "samples.jsonl", input.formatted(row[0], row[1], row[2], row[3], known + 3e-5));
        try (Artifact artifact = Artifact.open(files, List.of(new OnnxReader()))) {
            assertThat(artifact.verify()).isInstanceOf(Verification.Differs.class);
        }
    }

    @Test
    void anUnloadedModelAnswersNoMore() {
        Artifact artifact = Vectors.open("net", "bad", "");
        artifact.close();
        assertThatThrownBy(() -> artifact.model().predict(new double[4], Deadline.NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        artifact.close();
    }

    @Test
    void closingUnderLoadCutsNobodyOff() throws InterruptedException {
        double[] row = Vectors.rows("net")[3];
        for (int round = 0; round < 10; round++) {
            Artifact artifact = Vectors.open("net", "bad", "");
            double known = artifact.model().predict(row, Deadline.NONE).score();
            Queue<Object> seen = new ConcurrentLinkedQueue<>();
            CountDownLatch warm = new CountDownLatch(3);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        for (int call = 0; call < 100_000; call++) {
                            seen.add(
                                    artifact.model().predict(row, Deadline.NONE).score());
                            warm.countDown();
                        }
                    } catch (IllegalStateException closed) {
                        seen.add(String.valueOf(closed.getMessage()));
                    }
                }));
            }
            warm.await();
            artifact.close();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(seen)
                    .allMatch(each -> each.equals(known) || each.toString().contains("is closed"));
            assertThat(seen).contains(known);
        }
    }

    @Test
    void aDeadlineThatPassedIsNotRunInto() {
        try (Artifact artifact = Vectors.open("net", "bad", "")) {
            assertThatThrownBy(() -> artifact.model().predict(new double[4], () -> true))
                    .isInstanceOf(DeadlinePassedException.class);
            assertThatThrownBy(() -> artifact.model().predict(new double[3], Deadline.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("4 values: 3");
        }
    }

    @Test
    void theReaderIsFoundOnTheClassPath() {
        assertThat(ServiceLoader.load(ModelReader.class)).contains(new OnnxReader());
        assertThat(new OnnxReader().format()).isEqualTo("onnx");
        assertThat(GraphRun.version()).isEqualTo("1.29.0");
    }

    @Test
    void withoutTheReaderTheRefusalNamesTheModuleAndTheReason() {
        Map<String, byte[]> files = Vectors.folder(Vectors.bytes("net.onnx"), "probability", "bad", "");
        assertThatThrownBy(() -> Artifact.open(files))
                .isInstanceOfSatisfying(
                        ArtifactException.class, e -> assertThat(e.code()).isEqualTo("reader_missing"))
                .hasMessageContaining("tranche-inference-onnx")
                .hasMessageContaining("Sigmoid");
    }
}
