package dev.tranche.inference.tree;

import java.util.List;

/// The shape of trees that are laid out level by level as complete binary trees of one depth: level `l` has
/// `2^l` places a tree, tree after tree, and the slots are the places of the level below the last.
///
/// @param depth the steps of every walk
/// @param trees how many trees there are
record Levels(int depth, int trees) {
    /// Deeper trees are not padded: each level doubles the places.
    static final int DEEPEST = 10;
    /// How many times more nodes than the trees have are worth their simplicity.
    private static final int LARGEST_GROWTH = 6;

    /// Told of every place; a leaf is told of again at each level below it.
    @FunctionalInterface
    interface Place {
        void put(Tree tree, int t, int node, int level, int place);
    }

    static Levels of(List<Tree> trees) {
        return new Levels(trees.stream().mapToInt(Tree::depth).max().orElse(0), trees.size());
    }

    /// Whether the trees are shallow and full enough.
    static boolean suits(List<Tree> trees) {
        int depth = of(trees).depth;
        long real = 0;
        for (Tree tree : trees) {
            real += 2L * leaves(tree);
        }
        return depth <= DEEPEST && ((long) trees.size() << (depth + 1)) <= LARGEST_GROWTH * real;
    }

    /// The leaves that a path reaches; their numbers may be more.
    static int leaves(Tree tree) {
        int splits = 0;
        for (int node = 0; node < tree.size(); node++) {
            splits += tree.isLeaf(node) ? 0 : 1;
        }
        return splits + 1;
    }

    int nodes(int level) {
        return Math.multiplyExact(trees, 1 << level);
    }

    /// Names every place, and answers with the leaf node of each slot.
    int[] lay(List<Tree> all, Place place) {
        int[] nodeOfSlot = new int[nodes(depth)];
        for (int t = 0; t < trees; t++) {
            lay(all.get(t), t, 0, 0, t, place, nodeOfSlot);
        }
        return nodeOfSlot;
    }

    private void lay(Tree tree, int t, int node, int level, int at, Place place, int[] nodeOfSlot) {
        if (level == depth) {
            nodeOfSlot[at] = node;
            return;
        }
        place.put(tree, t, node, level, at);
        boolean leaf = tree.isLeaf(node);
        lay(tree, t, leaf ? node : tree.left(node), level + 1, 2 * at, place, nodeOfSlot);
        lay(tree, t, leaf ? node : tree.right(node), level + 1, 2 * at + 1, place, nodeOfSlot);
    }
}
