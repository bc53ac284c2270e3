package dev.tranche.inference.tree;

import static java.util.Objects.requireNonNull;

import java.util.List;

class OutcomeForestLawsTest extends ForestLaws {
    @Override
    Forest forest(List<Tree> trees) {
        return requireNonNull(OutcomeForest.of(trees, requireNonNull(Bins.of(trees))));
    }

    @Override
    int deepest() {
        return 8;
    }
}
