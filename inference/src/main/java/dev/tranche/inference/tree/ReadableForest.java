package dev.tranche.inference.tree;

import java.util.List;

/// Walks each tree as its file tells it, one node after the other: the oracle of the fast forests, and what
/// answers for the few ensembles whose category tables would be too large for them.
final class ReadableForest implements Forest {
    private final List<Tree> trees;
    private final int[] offset;
    private final int[] treeOfSlot;

    ReadableForest(List<Tree> trees) {
        this.trees = trees;
        offset = new int[trees.size() + 1];
        for (int t = 0; t < trees.size(); t++) {
            offset[t + 1] = Math.addExact(offset[t], trees.get(t).size());
        }
        treeOfSlot = new int[offset[trees.size()]];
        for (int t = 0; t < trees.size(); t++) {
            for (int slot = offset[t]; slot < offset[t + 1]; slot++) {
                treeOfSlot[slot] = trees.get(t).isLeaf(slot - offset[t]) ? t : -1;
            }
        }
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
        return slot - offset[treeOfSlot[slot]];
    }

    @Override
    public int block() {
        return 1;
    }

    @Override
    public Desk desk(int rows) {
        return new Reading(rows);
    }

    private final class Reading implements Desk {
        private final double[][] vectors;

        Reading(int rows) {
            vectors = new double[rows][];
        }

        @Override
        public void read(double[] all, int at, int width, int rows) {
            for (int r = 0; r < rows; r++) {
                if (vectors[r] == null || vectors[r].length != width) {
                    vectors[r] = new double[width];
                }
                System.arraycopy(all, at + r * width, vectors[r], 0, width);
            }
        }

        @Override
        public void slots(int row, int from, int to, int[] slots) {
            for (int t = from; t < to; t++) {
                slots[t - from] = slot(row, t);
            }
        }

        @Override
        public void add(int rows, int from, int to, float[] values, float[] sums) {
            for (int r = 0; r < rows; r++) {
                for (int t = from; t < to; t++) {
                    sums[r] += values[slot(r, t)];
                }
            }
        }

        @Override
        public void add(int rows, int from, int to, double[] values, double[] sums) {
            for (int r = 0; r < rows; r++) {
                for (int t = from; t < to; t++) {
                    sums[r] += values[slot(r, t)];
                }
            }
        }

        private int slot(int row, int t) {
            return offset[t] + trees.get(t).find(vectors[row]);
        }
    }
}
