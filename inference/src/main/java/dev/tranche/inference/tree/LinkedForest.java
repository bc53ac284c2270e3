package dev.tranche.inference.tree;

import java.util.Arrays;
import java.util.List;

/// Trees of any shape, eight walked at once without a branch as long as most of them have a step to take.
///
/// As [PaddedForest], but a node also names its left child and the right one lies behind it, so a step is
/// `left + (node < key)`. A leaf is its own left child and asks the constant column 0: further steps leave it
/// where it is, which lets eight trees of different shape walk in step for the average depth of their leaves;
/// what is deeper is finished one by one. Fewer steps in step, by how many rows visit a leaf, were slower:
/// each tree then ends in a branch that is mispredicted.
///
/// Cost: 11 instructions a step, 12 bytes a node. It takes the forests that no other layout suits: trees with
/// more than 64 leaves that are not nearly complete. Measured by `tranche bench inference`. Immutable and
/// safe for any number of threads.
final class LinkedForest implements Forest {
    private final Columns columns;
    private final long[] nodes;
    private final int[] left;
    private final int[] root;
    private final int[] steps;
    private final int[] treeOfSlot;
    private final int[] nodeOfSlot;

    LinkedForest(List<Tree> trees, Columns columns) {
        this.columns = columns;
        int size = 0;
        for (Tree tree : trees) {
            size = Math.addExact(size, tree.size());
        }
        nodes = new long[size];
        left = new int[size];
        root = new int[trees.size()];
        steps = new int[trees.size()];
        treeOfSlot = new int[size];
        nodeOfSlot = new int[size];
        Arrays.fill(treeOfSlot, -1);
        int next = 0;
        for (int t = 0; t < trees.size(); t++) {
            root[t] = next;
            next = lay(trees.get(t), t, next);
        }
        for (int t = 0; t + LANES <= trees.size(); t += LANES) {
            steps[t] = (int) Math.round(trees.subList(t, t + LANES).stream()
                    .mapToDouble(Tree::meanLeafDepth)
                    .average()
                    .orElseThrow());
        }
    }

    private int lay(Tree tree, int t, int first) {
        int tail = first + 1;
        for (int place = first; place < tail; place++) {
            int node = nodeOfSlot[place];
            if (tree.isLeaf(node)) {
                nodes[place] = Columns.word(0, 0);
                left[place] = place;
                treeOfSlot[place] = t;
            } else {
                nodes[place] = Columns.word(columns.threshold(tree, node), columns.column(tree, node));
                left[place] = tail;
                nodeOfSlot[tail++] = tree.left(node);
                nodeOfSlot[tail++] = tree.right(node);
            }
        }
        return tail;
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
                slots[t - from] = finish(root[t], keys[row]);
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
                    sum += values[finish(root[t], keys[r])];
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
                    sum += values[finish(root[t], keys[r])];
                }
                sums[r] = sum;
            }
        }
    }

    private int finish(int start, long[] keys) {
        int i = start;
        int next = step(i, keys);
        while (next != i) {
            i = next;
            next = step(i, keys);
        }
        return i;
    }

    private void eight(long[] keys, int t, int[] lanes) {
        int i0 = root[t];
        int i1 = root[t + 1];
        int i2 = root[t + 2];
        int i3 = root[t + 3];
        int i4 = root[t + 4];
        int i5 = root[t + 5];
        int i6 = root[t + 6];
        int i7 = root[t + 7];
        for (int level = steps[t]; level > 0; level--) {
            i0 = step(i0, keys);
            i1 = step(i1, keys);
            i2 = step(i2, keys);
            i3 = step(i3, keys);
            i4 = step(i4, keys);
            i5 = step(i5, keys);
            i6 = step(i6, keys);
            i7 = step(i7, keys);
        }
        lanes[0] = finish(i0, keys);
        lanes[1] = finish(i1, keys);
        lanes[2] = finish(i2, keys);
        lanes[3] = finish(i3, keys);
        lanes[4] = finish(i4, keys);
        lanes[5] = finish(i5, keys);
        lanes[6] = finish(i6, keys);
        lanes[7] = finish(i7, keys);
    }

    private int step(int i, long[] keys) {
        long node = nodes[i];
        return left[i] + (int) ((node - keys[Columns.column(node)]) >>> 63);
    }
}
