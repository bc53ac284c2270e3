package dev.tranche.inference.tree;

import static java.util.Objects.requireNonNull;

import java.util.List;

class LinkedForestLawsTest extends ForestLaws {
    @Override
    Forest forest(List<Tree> trees) {
        return new LinkedForest(trees, requireNonNull(Columns.of(trees)));
    }

    @Override
    int deepest() {
        return 24;
    }
}
