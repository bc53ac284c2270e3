package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.tree.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads a tree whose leaves answer every target at once (`multi_strategy=multi_output_tree`) as one tree for
/// each target: the sums of a target then run in the order of the trees, as the library's do.
///
/// In the layout since 3.2 a leaf's place among `leaf_weights` stands where a split has its right child
/// (`src/tree/multi_target_tree_model.cc`); before, the values stood in `base_weights` of all nodes.
final class XgboostVectorTree {
    private XgboostVectorTree() {}

    /// Whether the leaves of this tree have several values.
    static boolean is(Place place) {
        Place vector = place.at("tree_param").find("size_leaf_vector");
        return (vector != null && vector.whole() > 1) || place.find("leaf_weights") != null;
    }

    /// One tree for each target.
    static List<Tree> read(Place place, int number, int features, int targets, XgboostVersion version) {
        if (place.find("leaf_weights") == null || version.before(3, 2)) {
            throw ArtifactException.of(
                    "model_vector_leaf",
                    place.path() + " has leaves of several values (multi_output_tree) in the layout before XGBoost 3.2,"
                            + " which is not read; load the model with 3.2 or later and save it again, or train with"
                            + " multi_strategy=one_output_per_tree");
        }
        Set<String> fields = new HashSet<>(XgboostTree.FIELDS);
        fields.add("leaf_weights");
        int width = place.only(fields).at("tree_param").at("size_leaf_vector").whole();
        if (width != targets) {
            throw ArtifactException.of(
                    "model_length", place.path() + " must have leaves of " + targets + " values: " + width);
        }
        Document.Numbers weights = place.at("leaf_weights").numbers();
        List<Tree> trees = new ArrayList<>(targets);
        for (int i = 0; i < targets; i++) {
            int target = i;
            trees.add(XgboostTree.read(place, number, features, (node, leaf) -> {
                long at = (long) leaf * targets + target;
                if (leaf < 0 || at >= weights.size()) {
                    throw ArtifactException.of(
                            "model_length",
                            place.path() + ".leaf_weights must have the leaf " + leaf + ": " + weights.size()
                                    + " values");
                }
                return weights.real((int) at);
            }));
        }
        return trees;
    }
}
