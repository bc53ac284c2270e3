package dev.tranche.inference.format.onnx;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.ModelSource;
import dev.tranche.inference.OutputKind;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Which output of a graph is the answer, and which of its columns. Decided once, for our own engine and for
/// ONNX Runtime alike; what could be meant in two ways is refused with the key of `model.yaml` that settles
/// it.
///
/// @param output the output
/// @param labels the labels of its columns in order; empty where the graph does not say
public record OnnxAnswer(OnnxValue output, List<String> labels) {
    /// Operators through which a column stays the class that it is.
    private static final Set<String> SAME_COLUMNS = Set.of("Identity", "Cast", "ZipMap", "Normalizer", "Softmax");

    public OnnxAnswer {
        labels = List.copyOf(labels);
    }

    /// The answer of a graph.
    ///
    /// @throws ArtifactException `onnx_output` when no output fits, or several do and none is named
    public static OnnxAnswer of(OnnxGraph graph, OnnxOptions options, OutputKind kind) {
        OnnxValue output =
                options.output().isPresent() ? named(graph, options.output().get()) : only(graph, kind);
        if (output.kind() == OnnxValue.Kind.OTHER || (output.type() == ElementType.STRING && !maps(output))) {
            throw wrong("the output " + output + " holds no numbers; choose another with onnx.output of "
                    + graph.outputs());
        }
        return new OnnxAnswer(output, labels(graph, output.name()));
    }

    private static boolean maps(OnnxValue output) {
        return output.kind() == OnnxValue.Kind.MAPS;
    }

    private static OnnxValue named(OnnxGraph graph, String name) {
        return graph.outputs().stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("the graph has no output \"" + name + "\"; it has " + graph.outputs()));
    }

    private static OnnxValue only(OnnxGraph graph, OutputKind kind) {
        List<OnnxValue> fitting = graph.outputs().stream()
                .filter(output -> maps(output) || output.type().real())
                .toList();
        boolean value = kind == OutputKind.VALUE || kind == OutputKind.SCORE;
        if (fitting.isEmpty() && value && graph.outputs().size() == 1) {
            return graph.outputs().getFirst();
        }
        if (fitting.size() != 1) {
            throw wrong((fitting.isEmpty() ? "no output" : fitting.size() + " outputs")
                    + " of the graph could be the " + kind + "; name one with onnx.output in model.yaml: "
                    + graph.outputs());
        }
        return fitting.getFirst();
    }

    private static List<String> labels(OnnxGraph graph, String output) {
        String value = output;
        for (int step = 0; step < OnnxGraph.MOST_NODES; step++) {
            OnnxNode node = graph.maker(value);
            if (node == null) {
                return List.of();
            }
            if (node.outputs().size() > 1 && node.outputs().getFirst().equals(value)) {
                return List.of(); // a classifier's first output is the label itself
            }
            List<String> own = labels(node);
            if (!own.isEmpty()
                    || !SAME_COLUMNS.contains(node.operator())
                    || node.inputs().isEmpty()) {
                return own;
            }
            value = node.inputs().getFirst();
        }
        return List.of();
    }

    private static List<String> labels(OnnxNode node) {
        if (!node.domain().equals("ai.onnx.ml")) {
            return List.of();
        }
        List<String> texts = node.texts("classlabels_strings");
        long[] wholes = node.wholes("classlabels_int64s");
        long[] older = node.wholes("classlabels_ints");
        return !texts.isEmpty()
                ? texts
                : LongStream.of(wholes.length > 0 ? wholes : older)
                        .mapToObj(Long::toString)
                        .toList();
    }

    /// The columns that are answered: one, or for classes all of them.
    ///
    /// @param width how many columns the output has
    /// @throws ArtifactException `onnx_class` when it is not clear which class is meant, `onnx_output` when
    ///     the width does not fit
    public List<Integer> columns(int width, ModelSource source, OnnxOptions options) {
        if (!labels.isEmpty() && labels.size() != width) {
            throw wrong("the output " + output + " has " + width + " columns, but the labels " + labels);
        }
        return switch (source.output()) {
            case CLASSES -> {
                if (width < 2) {
                    throw wrong("the output " + output + " must have a column for each class: " + width);
                }
                yield IntStream.range(0, width).boxed().toList();
            }
            case VALUE, SCORE ->
                List.of(width == 1 ? 0 : chosen(width, options.answer().orElse(null)));
            case PROBABILITY -> List.of(width == 1 ? 0 : positive(width, source.positive(), options));
        };
    }

    private int positive(int width, String positive, OnnxOptions options) {
        if (options.answer().isPresent()) {
            return chosen(width, options.answer().get());
        }
        if (labels.contains(positive)) {
            return labels.indexOf(positive);
        }
        if (labels.equals(List.of("0", "1"))) {
            return 1;
        }
        return chosen(width, null);
    }

    private int chosen(int width, @Nullable String name) {
        if (name != null && labels.contains(name)) {
            return labels.indexOf(name);
        }
        if (name != null && labels.isEmpty() && name.matches("[0-9]{1,9}") && Integer.parseInt(name) < width) {
            return Integer.parseInt(name);
        }
        String allowed = labels.isEmpty() ? "the place of a column within 0.." + (width - 1) : "one of " + labels;
        throw ArtifactException.of(
                "onnx_class",
                "the output " + output + " has " + width + " columns; say which is the score with onnx.class in"
                        + " model.yaml, " + allowed + ": " + (name == null ? "not said" : name));
    }

    private static ArtifactException wrong(String reason) {
        return ArtifactException.of("onnx_output", reason);
    }
}
