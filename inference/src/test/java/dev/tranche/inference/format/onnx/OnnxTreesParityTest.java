package dev.tranche.inference.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import dev.tranche.inference.ModelSource;
import dev.tranche.inference.OutputKind;
import dev.tranche.inference.Trials;
import dev.tranche.inference.format.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Random trees in every form that our own engine takes, against ONNX Runtime 1.29.0: the same bits, on rows
/// that sit exactly on and right beside the thresholds, missing and infinite.
class OnnxTreesParityTest {
    private static final List<String> ORDERED = List.of("BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT");
    private static final int ROWS = 60;

    @Test
    void aRegressorOfFloats() {
        Trials.of(40, random -> {
            Grown grown = new Grown(random, 1 + random.nextInt(120), 5, modes(random), true);
            NodeWriter node = regressor("R");
            grown.older(node, false);
            grown.weights(node, "target", tree -> new long[] {0}, false, false);
            node.whole("n_targets", 1).text("post_transform", pick(random, "NONE", "PROBIT", "LOGISTIC"));
            boolean average = random.nextBoolean();
            node.text("aggregate_function", average ? "AVERAGE" : "SUM");
            if (!average && random.nextBoolean()) {
                node.floats("base_values", (float) random.nextGaussian());
            }
            check(grown, graph(1, node, "Y", 1, false), 1, false);
        });
    }

    @Test
    void aRegressorOfSeveralTargets() {
        Trials.of(40, random -> {
            int targets = 2 + random.nextInt(4);
            Grown grown = new Grown(random, 1 + random.nextInt(40), 4, modes(random), true);
            NodeWriter node = regressor("R");
            grown.older(node, false);
            boolean all = random.nextBoolean();
            grown.weights(
                    node,
                    "target",
                    tree -> all ? LongStream.range(0, targets).toArray() : new long[] {tree % targets},
                    false,
                    false);
            node.whole("n_targets", targets)
                    .text("post_transform", pick(random, "NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO", "PROBIT"));
            if (random.nextBoolean()) {
                node.floats("base_values", Grown.floats(random.doubles(targets).toArray()));
            } else {
                node.text("aggregate_function", pick(random, "SUM", "AVERAGE"));
            }
            check(grown, graph(1, node, "Y", targets, false), targets, false);
        });
    }

    @Test
    void aRegressorOfDoubles() {
        Trials.of(40, random -> {
            int targets = 1 + random.nextInt(2);
            Grown grown = new Grown(random, 1 + random.nextInt(60), 5, modes(random), false);
            NodeWriter node = regressor("R");
            grown.older(node, true);
            grown.weights(node, "target", tree -> new long[] {tree % targets}, false, true);
            node.whole("n_targets", targets)
                    .text("post_transform", pick(random, "NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO"));
            if (random.nextBoolean()) {
                Grown.reals(node, "base_values", random.doubles(targets).toArray(), true);
            } else {
                node.text("aggregate_function", pick(random, "SUM", "AVERAGE"));
            }
            check(grown, graph(3, node, "Y", targets, true), targets, true);
        });
    }

    @Test
    void aClassifierOfTwoClassesAndOneSum() {
        Trials.of(40, random -> {
            boolean doubles = random.nextInt(3) == 0;
            Grown grown = new Grown(random, 1 + random.nextInt(60), 5, modes(random), !doubles);
            NodeWriter node = classifier(List.of("no", "yes"), random.nextBoolean());
            grown.older(node, doubles);
            grown.weights(node, "class", tree -> new long[] {0}, random.nextBoolean(), doubles);
            node.text("post_transform", pick(random, "NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO"));
            if (random.nextBoolean()) {
                Grown.reals(node, "base_values", new double[] {random.nextGaussian()}, doubles);
            }
            check(grown, graph(doubles ? 3 : 1, node, "P", 2, doubles), 2, doubles);
        });
    }

    @Test
    void aClassifierWithASumForEachClass() {
        Trials.of(40, random -> {
            int classes = 2 + random.nextInt(4);
            boolean doubles = random.nextInt(3) == 0;
            Grown grown = new Grown(random, classes + random.nextInt(40), 4, modes(random), !doubles);
            NodeWriter node = classifier(
                    LongStream.range(0, classes).mapToObj(i -> "class " + i).toList(), random.nextBoolean());
            grown.older(node, doubles);
            boolean all = random.nextBoolean();
            grown.weights(
                    node,
                    "class",
                    tree -> all ? LongStream.range(0, classes).toArray() : new long[] {tree % classes},
                    random.nextBoolean(),
                    doubles);
            node.text("post_transform", pick(random, "NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO", "PROBIT"));
            if (classes > 2 && random.nextBoolean()) {
                Grown.reals(node, "base_values", random.doubles(classes).toArray(), doubles);
            }
            check(grown, graph(doubles ? 3 : 1, node, "P", classes, doubles), classes, doubles);
        });
    }

    @Test
    void theOperatorOfVersionFive() {
        Trials.of(40, random -> {
            int targets = 1 + random.nextInt(3);
            boolean doubles = random.nextBoolean();
            Grown grown = new Grown(random, 1 + random.nextInt(40), 5, modes(random), !doubles);
            NodeWriter node = new NodeWriter("ai.onnx.ml", "TreeEnsemble", List.of("X"), List.of("R"));
            grown.newer(node, targets, doubles);
            node.whole("aggregate_function", random.nextInt(2)).whole("post_transform", 0);
            int type = doubles ? NodeWriter.DOUBLE : NodeWriter.FLOAT;
            byte[] file = new GraphWriter(5)
                    .input("X", type, random.nextBoolean() ? Grown.FEATURES : -1)
                    .node(node)
                    .node(new NodeWriter("", "Identity", List.of("R"), List.of("Y")))
                    .output("Y", type, targets)
                    .toBytes();
            check(grown, file, targets, doubles);
        });
    }

    private static List<String> modes(RandomGenerator random) {
        return random.nextBoolean() ? ORDERED : List.of(ORDERED.get(random.nextInt(ORDERED.size())));
    }

    private static String pick(RandomGenerator random, String... words) {
        return words[random.nextInt(words.length)];
    }

    private static NodeWriter regressor(String output) {
        return new NodeWriter("ai.onnx.ml", "TreeEnsembleRegressor", List.of("X"), List.of(output));
    }

    private static NodeWriter classifier(List<String> labels, boolean numbered) {
        NodeWriter node = new NodeWriter("ai.onnx.ml", "TreeEnsembleClassifier", List.of("X"), List.of("label", "R"));
        return numbered
                ? node.wholes(
                        "classlabels_int64s", LongStream.range(0, labels.size()).toArray())
                : node.texts("classlabels_strings", labels);
    }

    private static byte[] graph(long version, NodeWriter trees, String output, int width, boolean doubles) {
        return new GraphWriter(version)
                .input("X", doubles ? NodeWriter.DOUBLE : NodeWriter.FLOAT, Grown.FEATURES)
                .node(trees)
                .node(new NodeWriter("", "Identity", List.of("R"), List.of(output)))
                .output(output, NodeWriter.FLOAT, width)
                .toBytes();
    }

    private static void check(Grown grown, byte[] file, int width, boolean doubles) {
        OnnxGraph graph = OnnxGraph.read(file);
        String output = graph.outputs().getFirst().name();
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(grown.row(doubles));
        }
        double[] together;
        double[] alone;
        try (NativeOnnx onnx = NativeOnnx.load(file)) {
            together = onnx.run(rows, output, doubles);
            alone = onnx.run(rows.subList(0, 1), output, doubles);
        }
        for (int column = 0; column < width; column++) {
            Model model = taken(graph, width, column);
            for (int row = 0; row < ROWS; row++) {
                double ours = model.predict(rows.get(row), Deadline.NONE).score();
                assertThat(Double.doubleToLongBits(ours))
                        .as("row %s, column %s: %s, ONNX Runtime %s", row, column, ours, together[row * width + column])
                        .isEqualTo(Double.doubleToLongBits(together[row * width + column]));
            }
            assertThat(Double.doubleToLongBits(alone[column])).isEqualTo(Double.doubleToLongBits(together[column]));
        }
    }

    private static Model taken(OnnxGraph graph, int width, int column) {
        OnnxOptions auto = new OnnxOptions(Optional.empty(), Optional.empty(), false);
        OnnxAnswer answer = OnnxAnswer.of(graph, auto, OutputKind.VALUE);
        String chosen = answer.labels().isEmpty()
                ? Integer.toString(column)
                : answer.labels().get(column);
        OnnxOptions options = new OnnxOptions(Optional.empty(), Optional.of(chosen), false);
        List<String> columns =
                LongStream.range(0, Grown.FEATURES).mapToObj(i -> "c" + i).toList();
        ModelSource source = new ModelSource(
                "model.onnx",
                new byte[0],
                new Json.Struct(Map.of()),
                OutputKind.VALUE,
                "yes",
                columns,
                name -> List.of());
        OnnxTrees.Outcome outcome = OnnxTrees.read(graph, answer, source, options);
        assertThat(outcome).isInstanceOf(OnnxTrees.Outcome.Taken.class);
        Model model = ((OnnxTrees.Outcome.Taken) outcome).model();
        assertThat(model.inputNames()).hasSize(Grown.FEATURES);
        assertThat(model.outputs()).isEqualTo(1);
        assertThat(width).isPositive();
        return model;
    }
}
