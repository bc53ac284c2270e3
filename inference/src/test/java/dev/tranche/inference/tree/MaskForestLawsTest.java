package dev.tranche.inference.tree;

import static java.util.Objects.requireNonNull;

import java.util.List;

class MaskForestLawsTest extends ForestLaws {
    @Override
    Forest forest(List<Tree> trees) {
        return new MaskForest(trees, requireNonNull(Bins.of(trees)));
    }

    @Override
    int deepest() {
        return 6;
    }
}
