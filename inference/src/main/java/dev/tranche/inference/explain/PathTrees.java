package dev.tranche.inference.explain;

import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.Tree;
import java.util.Arrays;

/// The splits of an ensemble as flat columns, each tree's parents before their children, with what a walk
/// needs to know of the splits above: which one asked for the same feature last, and which share of the data
/// passed there. Immutable.
final class PathTrees {
    /// The nearest split above that asks for the same feature: its place times two, plus one when the split
    /// lies to its left; -1 when there is none.
    final int[] above;
    final int[] scale;
    final int[] rank;
    final int[] feature;
    /// By place times two, plus one for the right side: the place of a split, or `~` the place of a leaf
    /// value.
    final int[] child;
    /// By place times two, plus one for the right side: the share of the split's data that went there.
    final double[] share;
    /// The share of the data that went this split's way at every split above on the same feature.
    final double[] passed;
    final double[] value;
    /// The first split of each tree, and the end of the last.
    final int[] start;
    /// The first split of each tree that has two leaves: these come last.
    final int[] pairs;
    /// How many different features a path of each tree asks at most.
    final int[] features;
    /// The answer of each tree averaged over its data.
    final double[] mean;
    final int largest;

    PathTrees(Ensemble ensemble, Cuts cuts) {
        int trees = ensemble.trees().size();
        int splits = 0;
        for (Tree tree : ensemble.trees()) {
            for (int node = 0; node < tree.size(); node++) {
                splits += tree.isLeaf(node) ? 0 : 1;
            }
        }
        above = new int[splits];
        scale = new int[splits];
        rank = new int[splits];
        feature = new int[splits];
        child = new int[2 * splits];
        share = new double[2 * splits];
        passed = new double[splits];
        value = new double[splits + trees];
        start = new int[trees + 1];
        pairs = new int[trees];
        features = new int[trees];
        mean = new double[trees];
        Layer layer = new Layer(cuts);
        int most = 0;
        for (int t = 0; t < trees; t++) {
            layer.lay(ensemble.trees().get(t), t);
            most = Math.max(most, start[t + 1] - start[t]);
        }
        largest = most;
    }

    /// How many splits there are.
    int splits() {
        return above.length;
    }

    /// Lays tree after tree.
    private final class Layer {
        private final Cuts cuts;
        private int leaves;

        Layer(Cuts cuts) {
            this.cuts = cuts;
        }

        void lay(Tree tree, int t) {
            int first = start[t];
            int[] place = places(tree, t, first);
            int end = start[t + 1];
            int[] parent = new int[end - first];
            if (end > first) {
                parent[0] = -1;
            } else {
                mean[t] = tree.value(0);
            }
            int[] node = new int[end - first];
            for (int at = 0; at < tree.size(); at++) {
                if (place[at] >= 0) {
                    node[place[at] - first] = at;
                }
            }
            for (int m = first; m < end; m++) {
                int at = node[m - first];
                scale[m] = cuts.scale(tree, at);
                rank[m] = cuts.rank(tree, at);
                feature[m] = tree.feature(at);
                share[2 * m] = leftShare(tree, at);
                share[2 * m + 1] = 1 - share[2 * m];
                above(m, first, parent);
                for (int side = 0; side < 2; side++) {
                    int below = side == 0 ? tree.left(at) : tree.right(at);
                    if (tree.isLeaf(below)) {
                        value[leaves] = tree.value(below);
                        child[2 * m + side] = ~leaves++;
                    } else {
                        child[2 * m + side] = place[below];
                        parent[place[below] - first] = 2 * m + (1 - side);
                    }
                }
            }
            means(first, end, t);
            features[t] = widest(first, end, parent);
        }

        /// The place of each split of a tree: level by level, those with two leaves behind the others; -1 for
        /// leaves.
        private int[] places(Tree tree, int t, int first) {
            int[] place = new int[tree.size()];
            Arrays.fill(place, -1);
            int[] queue = new int[tree.size()];
            int tail = tree.isLeaf(0) ? 0 : 1;
            int next = first;
            for (int head = 0; head < tail; head++) {
                int at = queue[head];
                boolean pair = tree.isLeaf(tree.left(at)) && tree.isLeaf(tree.right(at));
                if (!pair) {
                    place[at] = next++;
                }
                if (!tree.isLeaf(tree.left(at))) {
                    queue[tail++] = tree.left(at);
                }
                if (!tree.isLeaf(tree.right(at))) {
                    queue[tail++] = tree.right(at);
                }
            }
            pairs[t] = next;
            for (int head = 0; head < tail; head++) {
                if (place[queue[head]] < 0) {
                    place[queue[head]] = next++;
                }
            }
            start[t + 1] = next;
            return place;
        }

        /// Looks for the nearest split above with the same feature.
        private void above(int m, int first, int[] parent) {
            above[m] = -1;
            passed[m] = 1;
            for (int up = parent[m - first]; up >= 0; up = parent[(up >> 1) - first]) {
                int split = up >> 1;
                if (feature[split] == feature[m]) {
                    above[m] = up;
                    passed[m] = passed[split] * share[2 * split + 1 - (up & 1)];
                    break;
                }
            }
        }

        private void means(int first, int end, int t) {
            double[] means = new double[end - first];
            for (int m = end - 1; m >= first; m--) {
                double sum = 0;
                for (int side = 0; side < 2; side++) {
                    int below = child[2 * m + side];
                    sum += share[2 * m + side] * (below < 0 ? value[~below] : means[below - first]);
                }
                means[m - first] = sum;
            }
            if (end > first) {
                mean[t] = means[0];
            }
        }

        private int widest(int first, int end, int[] parent) {
            int[] width = new int[end - first];
            for (int i = 0; i < width.length; i++) {
                int up = parent[i];
                int before = up < 0 ? 0 : width[(up >> 1) - first];
                width[i] = before + (above[first + i] < 0 ? 1 : 0);
            }
            return Arrays.stream(width).max().orElse(0);
        }
    }

    /// The share of the data of a split that goes left. What a file says of the two sides need not add up to
    /// the last bit, so it is related to their sum; a split that no data reached is taken as even.
    static double leftShare(Tree tree, int node) {
        double l = tree.cover(tree.left(node));
        double both = l + tree.cover(tree.right(node));
        return both > 0 ? l / both : 0.5;
    }
}
