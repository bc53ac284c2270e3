package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.tree.LinearLeaf;
import dev.tranche.inference.tree.Rule;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/// Reads one `Tree=` block of a LightGBM text model (`src/io/tree.cpp`).
///
/// Splits are numbered from 0, leaves by their complement; here leaf `n` is the node `splits + n`. The bits
/// of a decision type: 1 categorical, 2 missing goes left, 4 and 8 the missing type None, Zero or NaN.
final class LightgbmTree {
    private static final Set<String> KNOWN = Set.of(
            "num_leaves",
            "num_cat",
            "split_feature",
            "split_gain",
            "threshold",
            "decision_type",
            "left_child",
            "right_child",
            "leaf_value",
            "leaf_weight",
            "leaf_count",
            "internal_value",
            "internal_weight",
            "internal_count",
            "cat_boundaries",
            "cat_threshold",
            "is_linear",
            "leaf_const",
            "num_features",
            "leaf_features",
            "leaf_coeff",
            "shrinkage");

    private final LightgbmLines lines;
    private final int features;
    private final int splits;
    private final TreeBuilder tree;

    private LightgbmTree(LightgbmLines lines, int features, int leaves) {
        this.lines = lines;
        this.features = features;
        splits = leaves - 1;
        tree = TreeBuilder.of(2 * leaves - 1);
    }

    /// The tree of these lines, the `number`-th of the file.
    static Tree read(int number, List<String> text, int features) {
        LightgbmLines lines = LightgbmLines.of("Tree=" + number, text, KNOWN);
        int leaves = lines.whole("num_leaves");
        int values = lines.words("leaf_value").length;
        if (leaves < 1 || leaves != values) {
            throw ArtifactException.of(
                    "model_length",
                    "Tree=" + number + ": leaf_value must have num_leaves = " + leaves + " values: " + values);
        }
        LightgbmTree reader = new LightgbmTree(lines, features, leaves);
        reader.leaves(leaves);
        if (leaves > 1) {
            reader.splits();
        }
        if (lines.has("is_linear") && lines.whole("is_linear") != 0) {
            reader.linear(leaves);
        }
        return reader.tree.build(number, features);
    }

    private void leaves(int leaves) {
        double[] value = lines.doubles("leaf_value", leaves);
        double[] cover = count("leaf_count", leaves);
        for (int leaf = 0; leaf < leaves; leaf++) {
            tree.leaf(splits + leaf, leaf, value[leaf]);
            tree.cover(splits + leaf, cover[leaf]);
        }
    }

    private double[] count(String key, int length) {
        if (lines.has(key) && lines.words(key).length > 0) {
            return lines.doubles(key, length);
        }
        double[] unknown = new double[length];
        Arrays.fill(unknown, Double.NaN);
        return unknown;
    }

    private void splits() {
        int[] feature = lines.ints("split_feature", splits);
        double[] threshold = lines.doubles("threshold", splits);
        int[] type = lines.ints("decision_type", splits);
        int[] left = lines.ints("left_child", splits);
        int[] right = lines.ints("right_child", splits);
        double[] cover = count("internal_count", splits);
        List<BitSet> sets = sets();
        for (int node = 0; node < splits; node++) {
            tree.children(node, node(left[node]), node(right[node]));
            tree.cover(node, cover[node]);
            if ((type[node] & ~15) != 0) {
                throw ArtifactException.of(
                        "model_split_type", lines + ": decision_type must be within 0..15: " + type[node]);
            }
            if ((type[node] & 1) != 0) {
                int set = (int) threshold[node];
                if (set < 0 || set >= sets.size()) {
                    throw ArtifactException.of(
                            "model_category",
                            lines + ": the set of a split must be within 0.." + (sets.size() - 1) + ": "
                                    + threshold[node]);
                }
                tree.splitSet(node, feature[node], Rule.IN_SET_LEFT, sets.get(set), false);
            } else {
                tree.split(node, feature[node], rule(type[node] >> 2), threshold[node], (type[node] & 2) != 0);
            }
        }
    }

    private int node(int child) {
        return child < 0 ? splits + ~child : child;
    }

    private Rule rule(int missingType) {
        return switch (missingType) {
            case 0 -> Rule.AT_MOST_MISSING_AS_ZERO;
            case 1 -> Rule.AT_MOST_ZERO_MISSING;
            case 2 -> Rule.AT_MOST;
            default ->
                throw ArtifactException.of(
                        "model_split_type", lines + ": the missing type must be within 0..2: " + missingType);
        };
    }

    private List<BitSet> sets() {
        int count = lines.has("num_cat") ? lines.whole("num_cat") : 0;
        if (count == 0) {
            return List.of();
        }
        String[] words = lines.words("cat_threshold");
        int[] from = lines.ints("cat_boundaries", count + 1);
        List<BitSet> sets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (from[i] < 0 || from[i + 1] < from[i] || from[i + 1] > words.length) {
                throw ArtifactException.of(
                        "model_category",
                        lines + ": cat_boundaries must rise within 0.." + words.length + ": " + from[i] + ", "
                                + from[i + 1]);
            }
            long[] bits = new long[(from[i + 1] - from[i] + 1) / 2];
            for (int w = from[i]; w < from[i + 1]; w++) {
                int at = w - from[i];
                bits[at / 2] |= word(words[w]) << (32 * (at % 2));
            }
            sets.add(BitSet.valueOf(bits));
        }
        return sets;
    }

    private long word(String text) {
        try {
            return Integer.parseUnsignedInt(text) & 0xffffffffL;
        } catch (NumberFormatException e) {
            throw ArtifactException.of("model_number", lines + ": cat_threshold must be whole numbers: " + text);
        }
    }

    private void linear(int leaves) {
        double[] constant = lines.doubles("leaf_const", leaves);
        int[] counts = lines.ints("num_features", leaves);
        long total = 0;
        for (int count : counts) {
            if (count < 0) {
                throw ArtifactException.of("model_length", lines + ": num_features must be at least 0: " + count);
            }
            total += count;
        }
        if (total != lines.words("leaf_features").length) {
            throw ArtifactException.of(
                    "model_length",
                    lines + ": leaf_features must have " + total + " values: " + lines.words("leaf_features").length);
        }
        int[] feature = lines.ints("leaf_features", (int) total);
        double[] coefficient = lines.doubles("leaf_coeff", (int) total);
        List<LinearLeaf> list = new ArrayList<>();
        int at = 0;
        for (int leaf = 0; leaf < leaves; leaf++) {
            List<Integer> used = new ArrayList<>();
            List<Double> by = new ArrayList<>();
            for (int i = 0; i < counts[leaf]; i++, at++) {
                if (feature[at] < 0 || feature[at] >= features) {
                    throw ArtifactException.of(
                            "model_tree_broken",
                            lines + ": leaf_features must be within 0.." + (features - 1) + ": " + feature[at]);
                }
                used.add(feature[at]);
                by.add(coefficient[at]);
            }
            list.add(new LinearLeaf(constant[leaf], used, by));
        }
        tree.linear(list);
    }
}
