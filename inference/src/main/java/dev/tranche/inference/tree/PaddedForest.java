package dev.tranche.inference.tree;

import java.util.Arrays;
import java.util.List;

/// Shallow trees as complete binary trees, eight walked at once without a branch.
///
/// A node is one long: the threshold in the upper half, the column in the lower. The children of node `i` are
/// `2i+1` and `2i+2`, so a step is `2i + 2 - (key < threshold)` and the comparison is the sign of a subtraction: no
/// branch to predict, no child to load. Eight trees take their steps side by side because one step waits some ten
/// cycles for its two loads; eight chains fill that wait. A leaf above the bottom is repeated in both children,
/// so all eight trees of a block take the same number of steps.
///
/// In the study that chose it (500 trees of depth 6, two vCPUs) the idea took 3.0 µs a row, a branchy walk 6.9 µs, one
/// tree at a time 7.0 µs; `tranche bench` measures what it became. The layout doubles with each level: it is chosen up
/// to depth [#DEEPEST] and when it is not much larger than the trees. Related: V. Asadi et al., *Runtime Optimizations
/// for Tree-based Machine Learning
/// Models*, TKDE 2014. Immutable and safe for any number of threads.
final class PaddedForest implements Forest {
    static final int DEEPEST = 10;
    /// How many times more nodes than the trees have are worth their simplicity.
    private static final int LARGEST_GROWTH = 6;

    static final int LANES = 8;

    private final Columns columns;
    private final long[] nodes;
    private final int[] firstNode;
    private final int[] firstSlot;
    private final int[] depth;
    private final int[] treeOfSlot;
    private final int[] nodeOfSlot;

    PaddedForest(List<Tree> trees, Columns columns) {
        this.columns = columns;
        int[] depths = depths(trees);
        firstNode = new int[trees.size() + 1];
        firstSlot = new int[trees.size() + 1];
        depth = depths;
        for (int t = 0; t < trees.size(); t++) {
            firstNode[t + 1] = firstNode[t] + (1 << depths[t]) - 1;
            firstSlot[t + 1] = firstSlot[t] + (1 << depths[t]);
        }
        nodes = new long[firstNode[trees.size()]];
        treeOfSlot = new int[firstSlot[trees.size()]];
        nodeOfSlot = new int[firstSlot[trees.size()]];
        for (int t = 0; t < trees.size(); t++) {
            lay(trees.get(t), t, 0, 0, 0);
        }
    }

    /// Whether the layout suits these trees.
    static boolean suits(List<Tree> trees) {
        long real = 0;
        long padded = 0;
        int[] depths = depths(trees);
        for (int t = 0; t < trees.size(); t++) {
            if (depths[t] > DEEPEST) {
                return false;
            }
            real += 2L * trees.get(t).leaves();
            padded += 2L << depths[t];
        }
        return padded <= LARGEST_GROWTH * real;
    }

    /// The steps of each tree: the depth of the deepest of its eight.
    private static int[] depths(List<Tree> trees) {
        int[] depths = new int[trees.size()];
        for (int t = 0; t < depths.length; t += LANES) {
            int to = Math.min(t + LANES, depths.length);
            int deepest = 0;
            for (Tree tree : trees.subList(t, to)) {
                deepest = Math.max(deepest, tree.depth());
            }
            Arrays.fill(depths, t, to, deepest);
        }
        return depths;
    }

    private void lay(Tree tree, int t, int node, int place, int level) {
        if (level == depth[t]) {
            int slot = firstSlot[t] + place - ((1 << level) - 1);
            treeOfSlot[slot] = t;
            nodeOfSlot[slot] = node;
            return;
        }
        boolean leaf = tree.isLeaf(node);
        nodes[firstNode[t] + place] =
                leaf ? word(0, 0) : word(columns.threshold(tree, node), columns.column(tree, node));
        lay(tree, t, leaf ? node : tree.left(node), 2 * place + 1, level + 1);
        lay(tree, t, leaf ? node : tree.right(node), 2 * place + 2, level + 1);
    }

    static long word(int threshold, int column) {
        return (long) threshold << 32 | column;
    }

    @Override
    public int slots() {
        return treeOfSlot.length;
    }

    @Override
    public int tree(int slot) {
        return treeOfSlot[slot];
    }

    @Override
    public int node(int slot) {
        return nodeOfSlot[slot];
    }

    @Override
    public Walk start(double[] row) {
        int[] keys = columns.keys(row);
        return (from, to, slots) -> {
            int t = from;
            for (; t + LANES <= to && t % LANES == 0; t += LANES) {
                eight(keys, t, slots, t - from);
            }
            for (; t < to; t++) {
                slots[t - from] = one(keys, t);
            }
        };
    }

    private int one(int[] keys, int t) {
        int base = firstNode[t];
        int i = 0;
        for (int level = 0; level < depth[t]; level++) {
            i = step(i, nodes[base + i], keys);
        }
        return firstSlot[t] + i - ((1 << depth[t]) - 1);
    }

    private void eight(int[] keys, int t, int[] slots, int at) {
        long[] n = nodes;
        int levels = depth[t];
        int stride = (1 << levels) - 1;
        int base = firstNode[t];
        int b1 = base + stride;
        int b2 = b1 + stride;
        int b3 = b2 + stride;
        int b4 = b3 + stride;
        int b5 = b4 + stride;
        int b6 = b5 + stride;
        int b7 = b6 + stride;
        int i0 = 0;
        int i1 = 0;
        int i2 = 0;
        int i3 = 0;
        int i4 = 0;
        int i5 = 0;
        int i6 = 0;
        int i7 = 0;
        for (int level = 0; level < levels; level++) {
            i0 = step(i0, n[base + i0], keys);
            i1 = step(i1, n[b1 + i1], keys);
            i2 = step(i2, n[b2 + i2], keys);
            i3 = step(i3, n[b3 + i3], keys);
            i4 = step(i4, n[b4 + i4], keys);
            i5 = step(i5, n[b5 + i5], keys);
            i6 = step(i6, n[b6 + i6], keys);
            i7 = step(i7, n[b7 + i7], keys);
        }
        int leaves = stride + 1;
        int slot = firstSlot[t] - stride;
        slots[at] = slot + i0;
        slots[at + 1] = slot + leaves + i1;
        slots[at + 2] = slot + 2 * leaves + i2;
        slots[at + 3] = slot + 3 * leaves + i3;
        slots[at + 4] = slot + 4 * leaves + i4;
        slots[at + 5] = slot + 5 * leaves + i5;
        slots[at + 6] = slot + 6 * leaves + i6;
        slots[at + 7] = slot + 7 * leaves + i7;
    }

    private static int step(int i, long node, int[] keys) {
        return 2 * i + 2 - (int) ((keys[(int) node] - (node >> 32)) >>> 63);
    }
}
