package dev.tranche.inference.tree;

import java.util.List;

/// Finds the leaf of each tree for a row: the part of an answer that takes the time.
///
/// One abstract test holds all of them to the same leaves: [ReadableForest] says what is meant, [PaddedForest] and
/// [LinkedForest] are what answers. A *slot* is where a forest keeps a leaf; several slots may be the same leaf.
/// Immutable and safe for any number of threads.
sealed interface Forest permits ReadableForest, PaddedForest, LinkedForest {
    /// A walk of one row; used by one thread, at once.
    @FunctionalInterface
    interface Walk {
        /// Writes to `slots[0..]` the slot each of the trees `from..to-1` ends in.
        void slots(int from, int to, int[] slots);
    }

    /// How many slots there are.
    int slots();

    /// The tree of a slot; -1 where no walk ends.
    int tree(int slot);

    /// The leaf node of a slot in its tree.
    int node(int slot);

    /// Begins a walk of this row.
    Walk start(double[] row);

    /// The fastest forest that fits these trees.
    static Forest of(List<Tree> trees) {
        Columns columns = Columns.of(trees);
        if (columns == null) {
            return new ReadableForest(trees);
        }
        return PaddedForest.suits(trees) ? new PaddedForest(trees, columns) : new LinkedForest(trees, columns);
    }
}
