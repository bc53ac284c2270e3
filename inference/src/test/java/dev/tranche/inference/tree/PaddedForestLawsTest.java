package dev.tranche.inference.tree;

import static java.util.Objects.requireNonNull;

import java.util.List;

class PaddedForestLawsTest extends ForestLaws {
    @Override
    Forest forest(List<Tree> trees) {
        return new PaddedForest(trees, requireNonNull(Columns.of(trees)));
    }

    @Override
    int deepest() {
        return 8;
    }
}
