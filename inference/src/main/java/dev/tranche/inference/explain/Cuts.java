package dev.tranche.inference.explain;

import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.Rule;
import dev.tranche.inference.tree.Tree;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every question that the splits of an ensemble ask, each once: a row is compared with a few hundred
/// thresholds instead of tens of thousands of nodes.
///
/// The thresholds of one feature under one rule form a *scale*, rising. For a given value the splits of a
/// scale answer right up to a place and left behind it, so one binary search by the split's own rule answers
/// them all; a set of categories is a scale of its own. Immutable and safe for any number of threads.
final class Cuts {
    /// What makes two splits comparable.
    private record Kind(int feature, Rule rule, boolean missingLeft, boolean unordered, BitSet codes) {}

    /// A split that stands for all those of its threshold.
    private record Split(Tree tree, int node) {}

    private final Split[][] scales;
    private final Map<Kind, Integer> scaleOf = new HashMap<>();
    private final List<Map<Double, Integer>> ranks = new ArrayList<>();

    private Cuts(Ensemble ensemble) {
        Map<Kind, Map<Double, Split>> found = new LinkedHashMap<>();
        for (Tree tree : ensemble.trees()) {
            for (int node = 0; node < tree.size(); node++) {
                if (!tree.isLeaf(node)) {
                    found.computeIfAbsent(kind(tree, node), _ -> new HashMap<>())
                            .putIfAbsent(threshold(tree, node), new Split(tree, node));
                }
            }
        }
        scales = new Split[found.size()][];
        found.forEach((kind, splits) -> {
            Split[] rising = splits.values().stream()
                    .sorted(Comparator.comparingDouble(split -> threshold(split.tree(), split.node())))
                    .toArray(Split[]::new);
            Map<Double, Integer> rank = new HashMap<>();
            for (int i = 0; i < rising.length; i++) {
                rank.put(threshold(rising[i].tree(), rising[i].node()), i);
            }
            scales[scaleOf.size()] = rising;
            scaleOf.put(kind, scaleOf.size());
            ranks.add(rank);
        });
    }

    static Cuts of(Ensemble ensemble) {
        return new Cuts(ensemble);
    }

    private static Kind kind(Tree tree, int node) {
        Rule rule = tree.rule(node);
        boolean unordered = !rule.categorical() && Double.isNaN(tree.threshold(node));
        return new Kind(tree.feature(node), rule, tree.missingLeft(node), unordered, tree.codes(node));
    }

    private static double threshold(Tree tree, int node) {
        return tree.rule(node).categorical() ? 0 : tree.threshold(node);
    }

    /// How many scales there are.
    int scales() {
        return scales.length;
    }

    /// The scale of a split.
    int scale(Tree tree, int node) {
        return scaleOf.getOrDefault(kind(tree, node), -1);
    }

    /// The place of a split on its scale: it goes left when this is at least the row's place.
    int rank(Tree tree, int node) {
        return ranks.get(scale(tree, node)).getOrDefault(threshold(tree, node), -1);
    }

    /// Writes for each scale the place of the row on it: how many of its splits go right.
    void places(double[] row, int[] places) {
        for (int scale = 0; scale < scales.length; scale++) {
            Split[] rising = scales[scale];
            int low = 0;
            int high = rising.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                Split split = rising[middle];
                if (split.tree().goesLeft(split.node(), row)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            places[scale] = low;
        }
    }
}
