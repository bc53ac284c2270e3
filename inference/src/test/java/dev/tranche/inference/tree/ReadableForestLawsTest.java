package dev.tranche.inference.tree;

import java.util.List;

class ReadableForestLawsTest extends ForestLaws {
    @Override
    Forest forest(List<Tree> trees) {
        return new ReadableForest(trees);
    }

    @Override
    int deepest() {
        return 14;
    }
}
