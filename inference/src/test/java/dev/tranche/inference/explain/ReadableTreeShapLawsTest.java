package dev.tranche.inference.explain;

import dev.tranche.inference.tree.Ensemble;

class ReadableTreeShapLawsTest extends TreeShapLaws {
    @Override
    double[] contributions(Ensemble ensemble, double[] row, int margin) {
        return ReadableTreeShap.of(ensemble).contributions(row, margin);
    }
}
