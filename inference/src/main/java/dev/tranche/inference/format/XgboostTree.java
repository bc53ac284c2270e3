package dev.tranche.inference.format;

import static java.util.Objects.requireNonNull;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.tree.Rule;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeBuilder;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one tree of an XGBoost document (`src/tree/tree_model.cc`, `LoadModelImpl`).
///
/// A node is a leaf when its left child is -1; its value then stands among the split conditions.
final class XgboostTree {
    static final Set<String> FIELDS = Set.of(
            "base_weights",
            "categories",
            "categories_nodes",
            "categories_segments",
            "categories_sizes",
            "default_left",
            "id",
            "left_children",
            "loss_changes",
            "parents",
            "right_children",
            "split_conditions",
            "split_indices",
            "split_type",
            "sum_hessian",
            "tree_param");
    /// The largest category code whose set is kept, so that a file of a few bytes cannot ask for megabytes a
    /// node.
    private static final int LARGEST_CODE = (1 << 20) - 1;

    private XgboostTree() {}

    /// The tree at this place, the `number`-th of the file.
    static Tree read(Place place, int number, int features) {
        Document.Numbers values = place.only(FIELDS).at("split_conditions").numbers();
        place.at("sum_hessian");
        return read(place, number, features, (node, right) -> values.real(node));
    }

    /// What a leaf answers.
    @FunctionalInterface
    interface Leaves {
        /// The value of a leaf.
        ///
        /// @param right what stands where a split has its right child
        float value(int node, int right);
    }

    /// The tree at this place with these values in its leaves.
    static Tree read(Place place, int number, int features, Leaves leaves) {
        int size = place.at("tree_param").at("num_nodes").whole();
        Document.Numbers left = place.at("left_children").numbers(size);
        Document.Numbers right = place.at("right_children").numbers(size);
        Document.Numbers feature = place.at("split_indices").numbers(size);
        Document.Numbers value = place.at("split_conditions").numbers(size);
        Document.Numbers missingLeft = place.at("default_left").numbers(size);
        Place covers = place.find("sum_hessian");
        Document.@Nullable Numbers cover = covers == null ? null : covers.numbers(size);
        Place types = place.find("split_type");
        Document.@Nullable Numbers type = types == null ? null : types.numbers(size);
        Map<Integer, BitSet> sets = sets(place);
        TreeBuilder tree = TreeBuilder.of(size);
        for (int node = 0; node < size; node++) {
            tree.cover(node, cover == null ? Double.NaN : cover.real(node));
            if (left.whole(node) == -1) {
                tree.leaf(node, node, leaves.value(node, right.whole(node)));
                continue;
            }
            tree.children(node, left.whole(node), right.whole(node));
            boolean defaultLeft = missingLeft.whole(node) != 0;
            int kind = type == null ? 0 : type.whole(node);
            if (kind == 0) {
                tree.split(node, feature.whole(node), Rule.LESS, value.real(node), defaultLeft);
            } else if (kind == 1 && sets.containsKey(node)) {
                tree.splitSet(
                        node, feature.whole(node), Rule.IN_SET_RIGHT, requireNonNull(sets.get(node)), defaultLeft);
            } else {
                throw ArtifactException.of(
                        "model_split_type",
                        place.path() + ".split_type[" + node + "] must be 0, or 1 with its categories: " + kind);
            }
        }
        return tree.build(number, features);
    }

    private static Map<Integer, BitSet> sets(Place place) {
        Place nodes = place.find("categories_nodes");
        if (nodes == null) {
            return Map.of();
        }
        int[] node = nodes.ints();
        int[] categories = place.at("categories").ints();
        Document.Numbers segments = place.at("categories_segments").numbers(node.length);
        Document.Numbers sizes = place.at("categories_sizes").numbers(node.length);
        Map<Integer, BitSet> sets = new HashMap<>();
        for (int i = 0; i < node.length; i++) {
            int from = segments.whole(i);
            long to = (long) from + sizes.whole(i);
            if (from < 0 || to < from || to > categories.length) {
                throw ArtifactException.of(
                        "model_length",
                        place.path() + ".categories must reach to " + to + " for node " + node[i] + ": "
                                + categories.length);
            }
            BitSet set = new BitSet();
            for (int c = from; c < to; c++) {
                if (categories[c] < 0 || categories[c] > LARGEST_CODE) {
                    throw ArtifactException.of(
                            "model_category",
                            place.path() + ".categories[" + c + "] must be within 0.." + LARGEST_CODE + ": "
                                    + categories[c]);
                }
                set.set(categories[c]);
            }
            sets.put(node[i], set);
        }
        return sets;
    }
}
