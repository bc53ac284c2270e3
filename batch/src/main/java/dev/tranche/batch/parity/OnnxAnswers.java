package dev.tranche.batch.parity;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import dev.tranche.inference.ModelSource;
import dev.tranche.inference.OutputKind;
import dev.tranche.inference.Precision;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.onnx.ElementType;
import dev.tranche.inference.format.onnx.OnnxAnswer;
import dev.tranche.inference.format.onnx.OnnxGraph;
import dev.tranche.inference.format.onnx.OnnxOptions;
import dev.tranche.inference.format.onnx.OnnxTensor;
import dev.tranche.inference.format.onnx.OnnxTrees;
import dev.tranche.inference.onnx.GraphRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Compares the tensors that a graph answers with those of the ONNX backend tests: what ONNX Runtime answers,
/// and where the graph is trees that our own engine takes, what that answers too.
final class OnnxAnswers {
    private OnnxAnswers() {}

    /// Compares one graph.
    ///
    /// @return who answered
    static String compare(Path folder, Path form, ParityCase of, Comparison comparison) throws IOException {
        byte[] model = Files.readAllBytes(form);
        List<OnnxTensor> inputs = new ArrayList<>();
        for (Path file : CasePaths.models(folder, of.input())) {
            inputs.add(OnnxTensor.read(Files.readAllBytes(file)));
        }
        List<OnnxTensor> answers = GraphRun.run(model, inputs);
        List<Path> expected = CasePaths.expected(folder, of.expected());
        for (int i = 0; i < expected.size(); i++) {
            OnnxTensor known = OnnxTensor.read(Files.readAllBytes(expected.get(i)));
            comparison.same("shape", i, answers.get(i).dims(), known.dims());
            compare(answers.get(i), known, comparison);
        }
        String runtime = "ONNX Runtime " + GraphRun.version();
        Optional<Model> ours = trees(OnnxGraph.read(model), inputs);
        if (ours.isEmpty()) {
            return runtime;
        }
        compare(ours.get(), inputs.getFirst(), answers.getFirst(), comparison);
        return runtime + " and our own trees";
    }

    private static void compare(OnnxTensor answer, OnnxTensor known, Comparison comparison) {
        for (int i = 0; i < known.texts().size(); i++) {
            comparison.same("text", i, answer.texts().get(i), known.texts().get(i));
        }
        for (int i = 0; i < known.wholes().length; i++) {
            comparison.same("whole number", i, answer.wholes()[i], known.wholes()[i]);
        }
        if (known.reals().length > 0) {
            comparison.precision(known.type() == ElementType.FLOAT ? Precision.FLOAT : Precision.DOUBLE);
            List<String> cells =
                    Arrays.stream(known.reals()).mapToObj(Double::toString).toList();
            comparison.compare(
                    "value",
                    List.of(answer.reals()),
                    List.of(cells),
                    IntStream.range(0, cells.size()).boxed().toList());
        }
    }

    /// The graph in our own engine, where that takes it: a table of rows in, a table of numbers out.
    private static Optional<Model> trees(OnnxGraph graph, List<OnnxTensor> inputs) {
        boolean table = inputs.size() == 1
                && inputs.getFirst().dims().size() == 2
                && graph.outputs().size() == 1;
        if (!table || !graph.outputs().getFirst().type().real()) {
            return Optional.empty();
        }
        OutputKind kind = graph.outputs().getFirst().width() == 1 ? OutputKind.VALUE : OutputKind.CLASSES;
        OnnxOptions options = new OnnxOptions(Optional.empty(), Optional.empty(), false);
        List<String> columns = IntStream.range(
                        0, inputs.getFirst().dims().get(1).intValue())
                .mapToObj(i -> "f" + i)
                .toList();
        ModelSource source = new ModelSource(
                "model.onnx", new byte[0], new Json.Struct(Map.of()), kind, "", columns, name -> List.of());
        return switch (OnnxTrees.read(graph, OnnxAnswer.of(graph, options, kind), source, options)) {
            case OnnxTrees.Outcome.Taken(Model model) -> Optional.of(model);
            case OnnxTrees.Outcome.Left(String _) -> Optional.empty();
        };
    }

    private static void compare(Model ours, OnnxTensor rows, OnnxTensor theirs, Comparison comparison) {
        int width = rows.dims().get(1).intValue();
        for (int row = 0; row < rows.dims().getFirst(); row++) {
            double[] vector = Arrays.copyOfRange(rows.reals(), row * width, (row + 1) * width);
            double[] outputs = ours.predict(vector, Deadline.NONE).outputs();
            for (int i = 0; i < outputs.length; i++) {
                comparison.same("value of our own trees", row, outputs[i], theirs.reals()[row * outputs.length + i]);
            }
        }
    }
}
