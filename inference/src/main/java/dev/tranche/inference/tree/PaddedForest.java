package dev.tranche.inference.tree;

import java.util.List;

/// Shallow trees as complete binary trees, level by level, eight walked at once without a branch: the plain
/// layout, whose nodes hold the thresholds themselves.
///
/// A node is one long: the threshold above, the column below ([Columns]). All nodes of one level of all trees
/// lie in one array, tree after tree; the children of node `i` of a level are `2i` and `2i + 1` of the next,
/// so a step is `2i + (node < key)`: the comparison is the sign of a difference, and there is no branch to
/// predict, no child to load, no tree's origin to add. After the last level `i` is the slot. Eight trees take
/// their steps side by side, because one step waits some ten cycles for its two loads; eight chains fill that
/// wait. A leaf above the bottom is repeated in both children, so all trees take the same number of steps.
///
/// Cost: 8 instructions a step, 8 bytes a node. Measured by `tranche bench inference`; what else was tried is
/// in `docs/concepts/inference-speed.md`. Related: N. Asadi, J. Lin, A. P. de Vries, *Runtime Optimizations
/// for Tree-Based Machine Learning Models*, IEEE TKDE 26(9), 2014. Immutable and safe for any number of
/// threads.
final class PaddedForest implements Forest {
    private final Columns columns;
    private final long[][] levels;
    private final int depth;
    private final int[] nodeOfSlot;

    PaddedForest(List<Tree> trees, Columns columns) {
        this.columns = columns;
        Levels shape = Levels.of(trees);
        depth = shape.depth();
        levels = new long[depth][];
        for (int level = 0; level < depth; level++) {
            levels[level] = new long[shape.nodes(level)];
        }
        nodeOfSlot = shape.lay(
                trees,
                (tree, t, node, level, place) -> levels[level][place] = tree.isLeaf(node)
                        ? Columns.word(0, 0)
                        : Columns.word(columns.threshold(tree, node), columns.column(tree, node)));
    }

    @Override
    public int slots() {
        return nodeOfSlot.length;
    }

    @Override
    public int tree(int slot) {
        return slot >> depth;
    }

    @Override
    public int node(int slot) {
        return nodeOfSlot[slot];
    }

    @Override
    public int block() {
        return LANES;
    }

    @Override
    public Desk desk(int rows) {
        return new Walks(rows);
    }

    private final class Walks implements Desk {
        private final long[][] keys;
        private final int[] lanes = new int[LANES];

        Walks(int rows) {
            keys = new long[rows][columns.size()];
        }

        @Override
        public void read(double[] vectors, int at, int width, int rows) {
            for (int r = 0; r < rows; r++) {
                columns.keys(vectors, at + r * width, keys[r]);
            }
        }

        @Override
        public void slots(int row, int from, int to, int[] slots) {
            int t = from;
            for (; t + LANES <= to; t += LANES) {
                eight(keys[row], t, lanes);
                System.arraycopy(lanes, 0, slots, t - from, LANES);
            }
            for (; t < to; t++) {
                slots[t - from] = one(keys[row], t);
            }
        }

        @Override
        public void add(int rows, int from, int to, float[] values, float[] sums) {
            for (int r = 0; r < rows; r++) {
                float sum = sums[r];
                int t = from;
                for (; t + LANES <= to; t += LANES) {
                    eight(keys[r], t, lanes);
                    sum = Lanes.add(sum, values, lanes);
                }
                for (; t < to; t++) {
                    sum += values[one(keys[r], t)];
                }
                sums[r] = sum;
            }
        }

        @Override
        public void add(int rows, int from, int to, double[] values, double[] sums) {
            for (int r = 0; r < rows; r++) {
                double sum = sums[r];
                int t = from;
                for (; t + LANES <= to; t += LANES) {
                    eight(keys[r], t, lanes);
                    sum = Lanes.add(sum, values, lanes);
                }
                for (; t < to; t++) {
                    sum += values[one(keys[r], t)];
                }
                sums[r] = sum;
            }
        }
    }

    private int one(long[] keys, int t) {
        int i = t;
        for (long[] level : levels) {
            i = step(i, level[i], keys);
        }
        return i;
    }

    private void eight(long[] keys, int t, int[] lanes) {
        int i0 = t;
        int i1 = t + 1;
        int i2 = t + 2;
        int i3 = t + 3;
        int i4 = t + 4;
        int i5 = t + 5;
        int i6 = t + 6;
        int i7 = t + 7;
        for (long[] level : levels) {
            i0 = step(i0, level[i0], keys);
            i1 = step(i1, level[i1], keys);
            i2 = step(i2, level[i2], keys);
            i3 = step(i3, level[i3], keys);
            i4 = step(i4, level[i4], keys);
            i5 = step(i5, level[i5], keys);
            i6 = step(i6, level[i6], keys);
            i7 = step(i7, level[i7], keys);
        }
        lanes[0] = i0;
        lanes[1] = i1;
        lanes[2] = i2;
        lanes[3] = i3;
        lanes[4] = i4;
        lanes[5] = i5;
        lanes[6] = i6;
        lanes[7] = i7;
    }

    /// A column number fits 16 bits here, which is the cheapest part of a long to cut out.
    private static int step(int i, long node, long[] keys) {
        return 2 * i + (int) ((node - keys[(char) node]) >>> 63);
    }
}
