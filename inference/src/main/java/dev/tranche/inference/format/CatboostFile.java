package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Model;
import dev.tranche.inference.Precision;
import dev.tranche.inference.explain.TreeShap;
import dev.tranche.inference.link.DoubleLink;
import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeBuilder;
import dev.tranche.inference.tree.TreeModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Reads a CatBoost model from the JSON its `save_model(format="json")` writes.
///
/// The formula is `scale · Σ leaf + bias` in double, in the order of the trees
/// (`model_export/json_model_helpers.cpp` and `resources/apply_catboost_model.py` of CatBoost 1.2). The bias
/// is kept as one tree of a single leaf at the end, which adds it where CatBoost does; a scale other than 1,
/// which only `set_scale_and_bias` makes, goes into the leaves. A tree that answers several values becomes
/// one tree for each.
final class CatboostFile {
    private static final int MOST_DIMENSIONS = 1 << 16;

    private CatboostFile() {}

    /// The model in these bytes.
    static Model read(byte[] bytes, Rounds rounds) {
        try {
            return read(Json.parse(bytes).asStruct("the model"), rounds);
        } catch (JsonException broken) {
            throw ArtifactException.of("model_json", String.valueOf(broken.getMessage()), broken);
        }
    }

    private static Model read(Json.Struct file, Rounds rounds) {
        JsonKeys root = file.keys("the model");
        CatboostFeatures features = CatboostFeatures.read(root.struct("features_info"), root.find("ctr_data"));
        DoubleLink link = CatboostLoss.link(root.struct("model_info"));
        boolean oblivious = root.has("oblivious_trees");
        List<Json> items = root.items(oblivious ? "oblivious_trees" : "trees");
        List<CatboostTree> trees = new ArrayList<>();
        for (Json item : items) {
            String where = "tree " + trees.size();
            trees.add(
                    oblivious
                            ? CatboostTree.oblivious(item.asStruct(where), where, features)
                            : CatboostTree.nested(item.asStruct(where), where, features));
        }
        Finish finish = Finish.read(root);
        root.done();
        int dimensions =
                trees.isEmpty() ? finish.bias().length : trees.getFirst().dimensions();
        for (CatboostTree tree : trees) {
            if (tree.dimensions() != dimensions) {
                throw JsonException.of(
                        "all trees must answer as many values: " + dimensions + ", " + tree.dimensions());
            }
        }
        return compile(features, link, used(trees, rounds), finish.of(dimensions));
    }

    private static List<CatboostTree> used(List<CatboostTree> trees, Rounds rounds) {
        return switch (rounds) {
            case Rounds.All _ -> trees;
            case Rounds.Best _ ->
                throw ArtifactException.of(
                        "model_rounds",
                        "a CatBoost file names no best iteration (use_best_model has already cut it); use all or a"
                                + " number");
            case Rounds.First(int count)
            when count > trees.size() ->
                throw ArtifactException.of("model_rounds", "rounds must be within 1.." + trees.size() + ": " + count);
            case Rounds.First(int count) -> trees.subList(0, count);
        };
    }

    private static Model compile(CatboostFeatures features, DoubleLink link, List<CatboostTree> read, Finish finish) {
        int dimensions = finish.bias().length;
        List<Tree> trees = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        for (CatboostTree tree : read) {
            for (int dimension = 0; dimension < dimensions; dimension++) {
                trees.add(tree.build(trees.size(), features.names().size(), dimension, finish.scale()));
                groups.add(dimension);
            }
        }
        for (int dimension = 0; dimension < dimensions; dimension++) {
            if (finish.bias()[dimension] != 0) {
                TreeBuilder leaf = TreeBuilder.of(1);
                leaf.leaf(0, 0, finish.bias()[dimension]);
                trees.add(leaf.build(trees.size(), features.names().size()));
                groups.add(dimension);
            }
        }
        Ensemble ensemble = new Ensemble(
                Precision.DOUBLE,
                features.names(),
                trees,
                groups,
                Collections.nCopies(dimensions, 0.0),
                1,
                link,
                features.categories());
        return TreeModel.of(ensemble, TreeShap.explainer(ensemble));
    }

    /// What happens to the sum of the leaves.
    @SuppressWarnings("ArrayRecordComponent") // never leaves this file
    private record Finish(double scale, double[] bias) {
        /// Reads `[scale, [bias, …]]` or, of older versions, `[scale, bias]`.
        static Finish read(JsonKeys root) {
            if (!root.has("scale_and_bias")) {
                return new Finish(1, new double[1]);
            }
            List<Json> pair = root.items("scale_and_bias");
            if (pair.size() != 2) {
                throw root.wrong("scale_and_bias", "must be a scale and a bias: " + pair.size() + " values");
            }
            double scale = number(root, pair.getFirst());
            List<Json> biases = pair.get(1) instanceof Json.Items(List<Json> many) ? many : List.of(pair.get(1));
            double[] bias =
                    biases.stream().mapToDouble(value -> number(root, value)).toArray();
            if (bias.length > MOST_DIMENSIONS) {
                throw root.wrong("scale_and_bias", "must have at most " + MOST_DIMENSIONS + " biases: " + bias.length);
            }
            return new Finish(scale, bias.length == 0 ? new double[1] : bias);
        }

        private static double number(JsonKeys root, Json value) {
            if (value instanceof Json.Num num && Double.isFinite(num.doubleValue())) {
                return num.doubleValue();
            }
            throw root.wrong("scale_and_bias", "must hold finite numbers, not " + value.kind());
        }

        Finish of(int dimensions) {
            if (bias.length == dimensions) {
                return this;
            }
            if (bias.length == 1 && bias[0] == 0) {
                return new Finish(scale, new double[dimensions]);
            }
            throw JsonException.of("scale_and_bias: the bias must have " + dimensions + " values: " + bias.length);
        }
    }
}
