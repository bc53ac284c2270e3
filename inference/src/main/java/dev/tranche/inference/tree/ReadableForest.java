package dev.tranche.inference.tree;

import java.util.List;

/// Walks each tree as its file tells it, one node after the other: the oracle of the fast forests, and what answers
/// for the few ensembles whose category tables would be too large for them.
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
    public Walk start(double[] row) {
        return (from, to, slots) -> {
            for (int t = from; t < to; t++) {
                slots[t - from] = offset[t] + trees.get(t).find(row);
            }
        };
    }
}
