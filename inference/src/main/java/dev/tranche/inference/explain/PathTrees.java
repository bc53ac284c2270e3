package dev.tranche.inference.explain;

import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.Tree;
import java.util.Arrays;
import java.util.BitSet;

/// The splits of an ensemble as flat columns, each tree's parents before their children, with what a walk needs to
/// know of the splits above: which one asked for the same feature last, and which share of the data passed there.
/// Immutable.
final class PathTrees {
    /// The nearest split above that asks for the same feature: its place times two, plus one when the split lies to its
    /// left; -1 when there is none.
    final int[] above;
    final int[] scale;
    final int[] rank;
    final int[] feature;
    /// A child: the place of a split, or `~` the place of a leaf value.
    final int[] left;
    final int[] right;
    final double[] leftShare;
    /// The share of the data that went this split's way at every split above on the same feature.
    final double[] passed;
    final double[] value;
    /// The first split of each tree, and the end of the last.
    final int[] start;
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
        left = new int[splits];
        right = new int[splits];
        leftShare = new double[splits];
        passed = new double[splits];
        value = new double[splits + trees];
        start = new int[trees + 1];
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

    /// How many leaf values there are.
    int leaves() {
        return value.length;
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
            int[] node = new int[tree.size()];
            int[] parent = new int[tree.size()];
            int tail = first;
            if (tree.isLeaf(0)) {
                mean[t] = tree.value(0);
            } else {
                parent[0] = -1;
                tail++;
            }
            for (int place = first; place < tail; place++) {
                int at = node[place - first];
                scale[place] = cuts.scale(tree, at);
                rank[place] = cuts.rank(tree, at);
                feature[place] = tree.feature(at);
                leftShare[place] = leftShare(tree, at);
                above(place, first, parent);
                for (int side = 0; side < 2; side++) {
                    int child = side == 0 ? tree.left(at) : tree.right(at);
                    int to;
                    if (tree.isLeaf(child)) {
                        value[leaves] = tree.value(child);
                        to = ~leaves++;
                    } else {
                        node[tail - first] = child;
                        parent[tail - first] = place * 2 + (1 - side);
                        to = tail++;
                    }
                    (side == 0 ? left : right)[place] = to;
                }
            }
            start[t + 1] = tail;
            means(first, tail, t);
            features[t] = widest(first, tail, parent);
        }

        /// Looks for the nearest split above with the same feature.
        private void above(int place, int first, int[] parent) {
            above[place] = -1;
            passed[place] = 1;
            for (int up = parent[place - first]; up >= 0; up = parent[(up >> 1) - first]) {
                int split = up >> 1;
                if (feature[split] == feature[place]) {
                    double share = (up & 1) == 1 ? leftShare[split] : 1 - leftShare[split];
                    above[place] = up;
                    passed[place] = passed[split] * share;
                    break;
                }
            }
        }

        private void means(int first, int end, int t) {
            double[] means = new double[end - first];
            for (int place = end - 1; place >= first; place--) {
                double l = left[place] < 0 ? value[~left[place]] : means[left[place] - first];
                double r = right[place] < 0 ? value[~right[place]] : means[right[place] - first];
                means[place - first] = leftShare[place] * l + (1 - leftShare[place]) * r;
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

    /// The share of the data of a split that goes left. What a file says of the two sides need not add up to the last
    /// bit, so it is related to their sum; a split that no data reached is taken as even.
    static double leftShare(Tree tree, int node) {
        double l = tree.cover(tree.left(node));
        double both = l + tree.cover(tree.right(node));
        return both > 0 ? l / both : 0.5;
    }

    /// Which features the ensemble asks at all.
    BitSet asked() {
        BitSet asked = new BitSet();
        for (int each : feature) {
            asked.set(each);
        }
        return asked;
    }
}
