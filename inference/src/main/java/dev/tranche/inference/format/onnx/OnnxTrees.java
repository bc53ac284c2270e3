package dev.tranche.inference.format.onnx;

import dev.tranche.inference.Model;
import dev.tranche.inference.ModelSource;
import dev.tranche.inference.Precision;
import dev.tranche.inference.explain.TreeShap;
import dev.tranche.inference.link.OnnxLink;
import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeModel;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads trees of `ai.onnx.ml` into our own engine where it is proven that it answers with the bits of ONNX
/// Runtime.
///
/// What that means, and why it is so, is decision 0046: the same leaf by the same comparisons, the same
/// additions in the same order and precision, the same post transform. Everything else is left to ONNX
/// Runtime, with the reason.
public final class OnnxTrees {
    private final OnnxGraph graph;
    private final ModelSource source;
    private final OnnxOptions options;

    private OnnxTrees(OnnxGraph graph, ModelSource source, OnnxOptions options) {
        this.graph = graph;
        this.source = source;
        this.options = options;
    }

    /// What became of a graph.
    public sealed interface Outcome {
        /// It is a model of our own engine.
        record Taken(Model model) implements Outcome {}

        /// It is left to ONNX Runtime.
        ///
        /// @param reason why, for people
        record Left(String reason) implements Outcome {}
    }

    /// Reads the trees behind an answer.
    ///
    /// @throws dev.tranche.inference.ArtifactException when the graph is broken, or does not say which class
    ///     is meant
    public static Outcome read(OnnxGraph graph, OnnxAnswer answer, ModelSource source, OnnxOptions options) {
        if (options.runtime()) {
            return new Outcome.Left("model.yaml says engine: runtime");
        }
        try {
            return new Outcome.Taken(new OnnxTrees(graph, source, options).model(answer));
        } catch (Unproven unproven) {
            return new Outcome.Left(unproven.reason());
        }
    }

    /// What leads from the trees to the answer: whether a cast narrowed it, and the operator of the trees.
    private record End(OnnxNode trees, boolean narrowed) {}

    private Model model(OnnxAnswer answer) {
        End end = end(answer);
        OnnxNode node = end.trees;
        ElementType precision = precision(node);
        int width = width();
        Precision sums = precision == ElementType.FLOAT ? Precision.FLOAT : Precision.DOUBLE;
        Sums read = switch (node.operator()) {
            case "TreeEnsembleRegressor" -> Sums.regressor(node, precision);
            case "TreeEnsembleClassifier" -> Sums.classifier(node, precision);
            default -> Sums.newer(node, precision);
        };
        if (read.table().roots.length == 0) {
            throw Unproven.because("there is no tree");
        }
        boolean wide = node.operator().equals("TreeEnsemble") && sums == Precision.DOUBLE && !end.narrowed;
        List<Integer> columns = answer.columns(read.outputs(), source, options);
        Branches branches = new Branches(read.table(), sums, width);
        for (int group = 0; group < read.sums(); group++) {
            if (read.base().length > 0 && read.base()[group] != 0) {
                branches.constant(group, read.base()[group]);
            }
        }
        List<Tree> trees = branches.trees();
        List<String> names = IntStream.range(0, width).mapToObj(i -> "f" + i).toList();
        Ensemble ensemble = new Ensemble(
                sums,
                names,
                trees,
                branches.groups(),
                DoubleStream.generate(() -> 0).limit(read.sums()).boxed().toList(),
                read.average() ? read.table().roots.length : 1,
                new OnnxLink(read.transform(), read.pair(), sums, wide ? Precision.DOUBLE : Precision.FLOAT, columns),
                Collections.nCopies(width, List.of()));
        return TreeModel.of(ensemble, TreeShap.explainer(ensemble));
    }

    /// Goes back from the answer through what changes nothing.
    private End end(OnnxAnswer answer) {
        String value = answer.output().name();
        boolean narrowed = false;
        Set<OnnxNode> seen = Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        while (true) {
            OnnxNode node = maker(value);
            if (node == null || !seen.add(node)) {
                throw Unproven.because("no trees make " + answer.output().name());
            }
            if (node.isMl("TreeEnsembleRegressor") || node.isMl("TreeEnsemble")) {
                return new End(node, narrowed);
            }
            if (node.isMl("TreeEnsembleClassifier")) {
                if (node.outputs().size() < 2 || !node.outputs().get(1).equals(value)) {
                    throw Unproven.because("the answer is a label");
                }
                return new End(node, narrowed);
            }
            if (node.isCore("Cast")) {
                ElementType to = ElementType.of((int) node.whole("to", 0));
                if (!to.real()) {
                    throw Unproven.because("the answer is cast to " + to);
                }
                narrowed |= to == ElementType.FLOAT;
            } else if (!node.isCore("Identity") && !node.isMl("ZipMap")) {
                throw Unproven.because("the operator " + node.operator() + " stands behind the trees");
            }
            value = only(node);
        }
    }

    /// The precision in which the trees compare, once it is seen that they are given the graph's input as it
    /// is.
    private ElementType precision(OnnxNode trees) {
        String value = only(trees);
        boolean narrowed = false;
        Set<OnnxNode> seen = Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        for (OnnxNode node = maker(value); node != null; node = maker(value)) {
            if (!seen.add(node)) {
                throw Unproven.because("the graph runs in a circle");
            }
            if (node.isCore("Cast")) {
                if (ElementType.of((int) node.whole("to", 0)) != ElementType.FLOAT) {
                    throw Unproven.because("the input is cast to something else than float");
                }
                narrowed = true;
            } else if (!node.isCore("Identity")) {
                throw Unproven.because("the operator " + node.operator() + " stands before the trees");
            }
            value = only(node);
        }
        if (graph.inputs().size() != 1 || !graph.inputs().getFirst().name().equals(value)) {
            throw Unproven.because("the trees are not given the one input of the graph");
        }
        OnnxValue input = graph.inputs().getFirst();
        if (input.kind() != OnnxValue.Kind.TENSOR
                || !input.type().real()
                || input.dims().size() != 2) {
            throw Unproven.because("the input " + input + " is no table of floats or doubles");
        }
        return narrowed ? ElementType.FLOAT : input.type();
    }

    private int width() {
        long declared = graph.inputs().getFirst().width();
        return declared < 0 ? source.columns().size() : (int) declared;
    }

    private static String only(OnnxNode node) {
        if (node.inputs().size() != 1) {
            throw Unproven.because(
                    "the operator " + node.operator() + " has " + node.inputs().size() + " inputs");
        }
        return node.inputs().getFirst();
    }

    private @Nullable OnnxNode maker(String value) {
        OnnxNode node = graph.maker(value);
        if (node != null
                && new HashSet<>(node.outputs()).size() < node.outputs().size()) {
            throw Unproven.because("an operator makes one value twice");
        }
        return node;
    }
}
