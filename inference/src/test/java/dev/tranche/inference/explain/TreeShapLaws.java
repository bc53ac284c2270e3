package dev.tranche.inference.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.Trials;
import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.RandomForests;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What path-dependent TreeSHAP must be, whoever computes it.
abstract class TreeShapLaws {
    private static final double CLOSE = 1e-9;

    abstract double[] contributions(Ensemble ensemble, double[] row, int margin);

    @Test
    void partsAreTheShapleyValuesCountedOutOverAllSubsets() {
        Trials.of(40, random -> {
            List<Tree> trees = RandomForests.trees(random, 3, 6, random.nextBoolean());
            double[] row = RandomForests.row(random);
            double[] parts = contributions(Ensembles.of(trees, 1), row, 0);
            double[] counted = Ensembles.counted(subset -> Ensembles.sum(trees, tree -> mean(tree, 0, row, subset)));
            assertThat(Arrays.copyOf(parts, counted.length)).containsExactly(counted, within(CLOSE));
        });
    }

    @Test
    void partsAndBiasAddUpToTheMargin() {
        Trials.of(60, random -> {
            Ensemble ensemble =
                    Ensembles.of(RandomForests.trees(random, 1 + random.nextInt(30), 20, random.nextBoolean()), 3);
            double[] row = RandomForests.row(random);
            double margin = TreeModel.of(ensemble, Optional.empty())
                    .predict(row, Deadline.NONE)
                    .margins()[0];
            assertThat(Arrays.stream(contributions(ensemble, row, 0)).sum()).isCloseTo(margin, within(CLOSE));
        });
    }

    @Test
    void eachMarginHasItsOwnTrees() {
        Trials.of(20, random -> {
            List<Tree> trees = RandomForests.trees(random, 12, 5, random.nextBoolean());
            Ensemble all = Ensembles.of(trees, List.of(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2), List.of(0.5, -1.0, 2.0));
            double[] row = RandomForests.row(random);
            double[] margins = TreeModel.of(all, Optional.empty())
                    .predict(row, Deadline.NONE)
                    .margins();
            for (int margin = 0; margin < 3; margin++) {
                double[] parts = contributions(all, row, margin);
                assertThat(Arrays.stream(parts).sum()).isCloseTo(margins[margin], within(CLOSE));
            }
        });
    }

    private static double mean(Tree tree, int node, double[] row, int known) {
        if (tree.isLeaf(node)) {
            return tree.value(node);
        }
        int left = tree.left(node);
        int right = tree.right(node);
        if ((known & 1 << tree.feature(node)) != 0) {
            return mean(tree, tree.goesLeft(node, row) ? left : right, row, known);
        }
        return (tree.cover(left) * mean(tree, left, row, known) + tree.cover(right) * mean(tree, right, row, known))
                / (tree.cover(left) + tree.cover(right));
    }
}
