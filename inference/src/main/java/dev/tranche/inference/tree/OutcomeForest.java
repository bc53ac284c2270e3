package dev.tranche.inference.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shallow trees, quantised: a row first answers every different split of the ensemble once, and the trees
/// then only look the answers up.
///
/// Boosted trees ask the same questions again and again: 23,000 splits of 500 trees of depth 6 are 3,700
/// different ones, because the trainer offers each feature a few hundred thresholds. So a row is binned
/// ([Bins]), and the bytes 0 (left) and 1 (right) of all different splits are copied for each feature from a
/// table: the answers of a cell are ones, then zeros, a window of one pattern. A node shrinks from 8 bytes to
/// the 2 of its split's number, laid out as in [PaddedForest], and a step from eight instructions to six: `2i
/// + answers[node]`.
///
/// Cost: 6 instructions a step, 2 bytes a node, and per row some 12 ns a feature for bins and answers. Every
/// decision is the trainer's own, so the scores keep their bits. Measured by `tranche bench inference`. The
/// quantisation is that of training by histogram (T. Chen, C. Guestrin, *XGBoost*, KDD 2016, 3.3) used for
/// answering. Immutable and safe for any number of threads.
final class OutcomeForest implements Forest {
    private final Bins bins;
    private final Outcomes outcomes;
    private final char[][] levels;
    private final int depth;
    private final int[] nodeOfSlot;

    private OutcomeForest(List<Tree> trees, Bins bins, Outcomes outcomes) {
        this.bins = bins;
        this.outcomes = outcomes;
        Levels shape = Levels.of(trees);
        depth = shape.depth();
        levels = new char[depth][];
        for (int level = 0; level < depth; level++) {
            levels[level] = new char[shape.nodes(level)];
        }
        nodeOfSlot = shape.lay(
                trees,
                (tree, t, node, level, place) ->
                        levels[level][place] = tree.isLeaf(node) ? 0 : (char) outcomes.number(tree, node));
    }

    /// The forest of these trees; null when they have too many different splits for 16 bits or its tables.
    static @Nullable OutcomeForest of(List<Tree> trees, Bins bins) {
        Outcomes outcomes = Outcomes.of(trees, bins);
        return outcomes == null ? null : new OutcomeForest(trees, bins, outcomes);
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
        private final byte[][] answers;
        private final char[] cells = new char[bins.features().length];
        private final Bins.Scratch scratch = new Bins.Scratch();
        private final int[] lanes = new int[LANES];

        Walks(int rows) {
            answers = new byte[rows][outcomes.size()];
        }

        @Override
        public void read(double[] vectors, int at, int width, int rows) {
            for (int r = 0; r < rows; r++) {
                bins.read(vectors, at + r * width, cells, scratch);
                outcomes.write(cells, answers[r]);
            }
        }

        @Override
        public void slots(int row, int from, int to, int[] slots) {
            int t = from;
            for (; t + LANES <= to; t += LANES) {
                eight(answers[row], t, lanes);
                System.arraycopy(lanes, 0, slots, t - from, LANES);
            }
            for (; t < to; t++) {
                slots[t - from] = one(answers[row], t);
            }
        }

        @Override
        public void add(int rows, int from, int to, float[] values, float[] sums) {
            for (int r = 0; r < rows; r++) {
                float sum = sums[r];
                int t = from;
                for (; t + LANES <= to; t += LANES) {
                    eight(answers[r], t, lanes);
                    sum = Lanes.add(sum, values, lanes);
                }
                for (; t < to; t++) {
                    sum += values[one(answers[r], t)];
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
                    eight(answers[r], t, lanes);
                    sum = Lanes.add(sum, values, lanes);
                }
                for (; t < to; t++) {
                    sum += values[one(answers[r], t)];
                }
                sums[r] = sum;
            }
        }
    }

    private int one(byte[] answers, int t) {
        int i = t;
        for (char[] level : levels) {
            i = 2 * i + answers[level[i]];
        }
        return i;
    }

    private void eight(byte[] answers, int t, int[] lanes) {
        int i0 = t;
        int i1 = t + 1;
        int i2 = t + 2;
        int i3 = t + 3;
        int i4 = t + 4;
        int i5 = t + 5;
        int i6 = t + 6;
        int i7 = t + 7;
        for (char[] level : levels) {
            i0 = 2 * i0 + answers[level[i0]];
            i1 = 2 * i1 + answers[level[i1]];
            i2 = 2 * i2 + answers[level[i2]];
            i3 = 2 * i3 + answers[level[i3]];
            i4 = 2 * i4 + answers[level[i4]];
            i5 = 2 * i5 + answers[level[i5]];
            i6 = 2 * i6 + answers[level[i6]];
            i7 = 2 * i7 + answers[level[i7]];
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
}
