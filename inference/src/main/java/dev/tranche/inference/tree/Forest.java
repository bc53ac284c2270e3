package dev.tranche.inference.tree;

import java.util.List;

/// Finds the leaf of each tree for a row: the part of an answer that takes the time.
///
/// One abstract test holds all of them to the same leaves: [ReadableForest] says what is meant, the others
/// are what answers. A *slot* is where a forest keeps a leaf; several slots may be the same leaf. Immutable
/// and safe for any number of threads; a [Desk] is for one.
sealed interface Forest permits ReadableForest, PaddedForest, LinkedForest, OutcomeForest, MaskForest {
    /// Trees walked side by side.
    int LANES = 8;

    /// How many slots there are.
    int slots();

    /// The tree of a slot; -1 where no walk ends.
    int tree(int slot);

    /// The leaf node of a slot in its tree.
    int node(int slot);

    /// The rows that are best worked on together.
    int block();

    /// A place to work for one thread, with room for this many rows.
    Desk desk(int rows);

    /// Rows being walked, owned by one thread. Nothing here allocates.
    interface Desk {
        /// Takes rows of `width` values that lie one after the other from `vectors[at]`; here they are rows
        /// 0, 1, …
        void read(double[] vectors, int at, int width, int rows);

        /// Writes to `slots[0..]` the slot in which each of the trees `from..to-1` ends.
        void slots(int row, int from, int to, int[] slots);

        /// Adds to the sum of each of the first rows the values of trees `from..to-1`, one after the other,
        /// in float.
        void add(int rows, int from, int to, float[] values, float[] sums);

        /// Adds to the sum of each of the first rows the values of trees `from..to-1`, one after the other.
        void add(int rows, int from, int to, double[] values, double[] sums);
    }

    /// The fastest forest that fits these trees; `docs/decisions/0040` explains the choice.
    static Forest of(List<Tree> trees) {
        return Layout.fastest(trees);
    }
}
