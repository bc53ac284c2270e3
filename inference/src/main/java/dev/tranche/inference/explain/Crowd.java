package dev.tranche.inference.explain;

import dev.tranche.inference.tree.Tree;

/// Which rows of a background go left at each split, one bit a row. Immutable.
final class Crowd {
    private final int size;
    private final int words;
    private final long[] left;

    Crowd(PathTrees trees, Cuts cuts, Background background) {
        size = background.size();
        words = (size + Long.SIZE - 1) / Long.SIZE;
        left = new long[Math.multiplyExact(trees.splits(), words)];
        int[] places = new int[cuts.scales()];
        for (int i = 0; i < size; i++) {
            cuts.places(background.row(i), places);
            for (int m = 0; m < trees.splits(); m++) {
                if (places[trees.scale[m]] <= trees.rank[m]) {
                    left[m * words + i / Long.SIZE] |= 1L << i;
                }
            }
        }
    }

    int size() {
        return size;
    }

    /// Words of 64 rows.
    int words() {
        return words;
    }

    /// The rows of a word that exist.
    long all(int word) {
        int rows = size - word * Long.SIZE;
        return rows >= Long.SIZE ? -1L : (1L << rows) - 1;
    }

    /// The rows of a word that go to this side at a split; rows that do not exist count as going right.
    long goes(int split, int word, boolean toLeft) {
        long lefts = left[split * words + word];
        return toLeft ? lefts : ~lefts;
    }

    /// The answer of a tree averaged over the rows.
    double mean(Tree tree, Background background) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += tree.value(tree.find(background.row(i)));
        }
        return sum / size;
    }
}
