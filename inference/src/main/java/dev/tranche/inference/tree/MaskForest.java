package dev.tranche.inference.tree;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Trees of at most 64 leaves and any depth, quantised: no tree is walked at all.
///
/// A split that sends a row right rules out every leaf below its left side; what is left of the lowest leaf
/// is its answer (C. Lucchese et al., *QuickScorer*, SIGIR 2015). There each split is tested in turn; here
/// the row is binned first ([Bins]), and for each group of eight trees and each cell of a feature the masks
/// of all its splits are already one: a line of eight longs. A row then takes one line a feature, ands them
/// into eight registers, and the lowest bit of each is the leaf. Nothing depends on depth, nothing branches,
/// no load waits for another but by one table that compresses equal lines of neighbouring cells into one.
///
/// Cost: some 20 instructions a feature and 10 a tree for a group of eight, so about 60 a tree at 20
/// features, as much as a walk of depth 8 or 9; leaf-wise trees of 63 leaves (LightGBM's usual shape) are 8
/// to 25 deep. It is paid in memory: some 5 KiB a tree. A batch works through all its rows group by group,
/// whose lines fit the first-level cache; one row finds many of them further away and takes twice as long.
/// Measured by `tranche bench inference`. Immutable and safe for any number of threads.
final class MaskForest implements Forest {
    /// Bits of a long.
    static final int MOST_LEAVES = Long.SIZE;
    private static final int LEAF_BITS = 6;
    private static final int ROWS = 128;

    private final Bins bins;
    private final char[][] lineOfCell;
    private final long[][] lines;
    private final int[] nodeOfSlot;

    MaskForest(List<Tree> trees, Bins bins) {
        this.bins = bins;
        int groups = (trees.size() + LANES - 1) / LANES;
        nodeOfSlot = new int[groups * LANES * MOST_LEAVES];
        Arrays.fill(nodeOfSlot, -1);
        lineOfCell = new char[groups][];
        lines = new long[groups][];
        int widest = -1;
        for (Bins.Feature feature : bins.features()) {
            widest = Math.max(widest, feature.feature());
        }
        Bins.Feature[] byFeature = new Bins.Feature[widest + 1];
        for (Bins.Feature feature : bins.features()) {
            byFeature[feature.feature()] = feature;
        }
        for (int group = 0; group < groups; group++) {
            long[][] masks = new long[bins.cells()][LANES];
            for (long[] mask : masks) {
                Arrays.fill(mask, -1);
            }
            for (int t = group * LANES; t < Math.min(trees.size(), group * LANES + LANES); t++) {
                number(trees.get(t), 0, t * MOST_LEAVES, t % LANES, masks, byFeature);
            }
            compress(group, masks);
        }
    }

    /// Whether every tree has few enough leaves, and a group's lines can be numbered.
    static boolean suits(List<Tree> trees, Bins bins) {
        return bins.cells() <= Character.MAX_VALUE / LANES
                && trees.stream().allMatch(tree -> Levels.leaves(tree) <= MOST_LEAVES);
    }

    /// How many bytes the tables of these trees take at most.
    static long bytes(List<Tree> trees, Bins bins) {
        long splits = trees.stream().mapToLong(Levels::leaves).sum();
        long groups = (trees.size() + LANES - 1L) / LANES;
        return splits * LANES * Long.BYTES + groups * bins.cells() * Character.BYTES;
    }

    /// Numbers the leaves below a node from left to right and clears, in the masks of the cells that go right
    /// there, the leaves of the left side. Answers with the number after the last.
    private int number(Tree tree, int node, int slot, int lane, long[][] masks, Bins.Feature[] features) {
        if (tree.isLeaf(node)) {
            nodeOfSlot[slot] = node;
            return slot + 1;
        }
        int right = number(tree, tree.left(node), slot, lane, masks, features);
        int end = number(tree, tree.right(node), right, lane, masks, features);
        long left = ((1L << (right - slot)) - 1) << slot; // a shift looks at the lowest six bits
        Bins.Feature feature = features[tree.feature(node)];
        for (int i = 0; i < feature.samples().length; i++) {
            if (Bins.right(tree, node, feature.samples()[i])) {
                masks[feature.firstCell() + i][lane] &= ~left;
            }
        }
        return end;
    }

    private void compress(int group, long[][] masks) {
        Map<LongBuffer, Character> seen = new HashMap<>();
        List<long[]> different = new ArrayList<>();
        char[] line = new char[masks.length];
        for (int cell = 0; cell < masks.length; cell++) {
            LongBuffer mask = LongBuffer.wrap(masks[cell]);
            Character known = seen.get(mask);
            if (known == null) {
                known = (char) (different.size() * LANES);
                seen.put(mask, known);
                different.add(masks[cell]);
            }
            line[cell] = known;
        }
        lineOfCell[group] = line;
        lines[group] = new long[different.size() * LANES];
        for (int i = 0; i < different.size(); i++) {
            System.arraycopy(different.get(i), 0, lines[group], i * LANES, LANES);
        }
    }

    @Override
    public int slots() {
        return nodeOfSlot.length;
    }

    @Override
    public int tree(int slot) {
        return nodeOfSlot[slot] < 0 ? -1 : slot >> LEAF_BITS;
    }

    @Override
    public int node(int slot) {
        return nodeOfSlot[slot];
    }

    @Override
    public int block() {
        return ROWS;
    }

    @Override
    public Desk desk(int rows) {
        return new Sieve(rows);
    }

    private final class Sieve implements Desk {
        private final char[][] cells;
        private final Bins.Scratch scratch = new Bins.Scratch();
        private final int[] lanes = new int[LANES];

        Sieve(int rows) {
            cells = new char[rows][bins.features().length];
        }

        @Override
        public void read(double[] vectors, int at, int width, int rows) {
            for (int r = 0; r < rows; r++) {
                bins.read(vectors, at + r * width, cells[r], scratch);
            }
        }

        @Override
        public void slots(int row, int from, int to, int[] slots) {
            for (int t = from; t < to; ) {
                eight(cells[row], t / LANES, lanes);
                for (int end = Math.min(to, (t / LANES + 1) * LANES); t < end; t++) {
                    slots[t - from] = lanes[t % LANES];
                }
            }
        }

        @Override
        public void add(int rows, int from, int to, float[] values, float[] sums) {
            for (int t = from; t < to; ) {
                int end = Math.min(to, (t / LANES + 1) * LANES);
                for (int r = 0; r < rows; r++) {
                    eight(cells[r], t / LANES, lanes);
                    if (end - t == LANES) {
                        sums[r] = Lanes.add(sums[r], values, lanes);
                    } else {
                        for (int i = t; i < end; i++) {
                            sums[r] += values[lanes[i % LANES]];
                        }
                    }
                }
                t = end;
            }
        }

        @Override
        public void add(int rows, int from, int to, double[] values, double[] sums) {
            for (int t = from; t < to; ) {
                int end = Math.min(to, (t / LANES + 1) * LANES);
                for (int r = 0; r < rows; r++) {
                    eight(cells[r], t / LANES, lanes);
                    if (end - t == LANES) {
                        sums[r] = Lanes.add(sums[r], values, lanes);
                    } else {
                        for (int i = t; i < end; i++) {
                            sums[r] += values[lanes[i % LANES]];
                        }
                    }
                }
                t = end;
            }
        }
    }

    private void eight(char[] cells, int group, int[] lanes) {
        char[] line = lineOfCell[group];
        long[] masks = lines[group];
        long m0 = -1;
        long m1 = -1;
        long m2 = -1;
        long m3 = -1;
        long m4 = -1;
        long m5 = -1;
        long m6 = -1;
        long m7 = -1;
        for (int place = 0; place < cells.length; place++) {
            int at = line[cells[place]];
            m0 &= masks[at];
            m1 &= masks[at + 1];
            m2 &= masks[at + 2];
            m3 &= masks[at + 3];
            m4 &= masks[at + 4];
            m5 &= masks[at + 5];
            m6 &= masks[at + 6];
            m7 &= masks[at + 7];
        }
        int slot = group * LANES * MOST_LEAVES;
        lanes[0] = slot + Long.numberOfTrailingZeros(m0);
        lanes[1] = slot + MOST_LEAVES + Long.numberOfTrailingZeros(m1);
        lanes[2] = slot + 2 * MOST_LEAVES + Long.numberOfTrailingZeros(m2);
        lanes[3] = slot + 3 * MOST_LEAVES + Long.numberOfTrailingZeros(m3);
        lanes[4] = slot + 4 * MOST_LEAVES + Long.numberOfTrailingZeros(m4);
        lanes[5] = slot + 5 * MOST_LEAVES + Long.numberOfTrailingZeros(m5);
        lanes[6] = slot + 6 * MOST_LEAVES + Long.numberOfTrailingZeros(m6);
        lanes[7] = slot + 7 * MOST_LEAVES + Long.numberOfTrailingZeros(m7);
    }
}
