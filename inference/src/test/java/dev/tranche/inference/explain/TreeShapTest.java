package dev.tranche.inference.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Precision;
import dev.tranche.inference.Trials;
import dev.tranche.inference.link.DoubleLink;
import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.RandomForests;
import dev.tranche.inference.tree.Rule;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeBuilder;
import dev.tranche.inference.tree.TreeModel;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TreeShapTest {
    private static final int INPUTS = RandomForests.FEATURES;
    private static final double CLOSE = 1e-9;

    private static Ensemble ensemble(List<Tree> trees, int divisor) {
        return new Ensemble(
                Precision.DOUBLE,
                IntStream.range(0, INPUTS).mapToObj(i -> "x" + i).toList(),
                trees,
                Collections.nCopies(trees.size(), 0),
                List.of(0.5),
                divisor,
                new DoubleLink.Identity(),
                Collections.nCopies(INPUTS, List.of()));
    }

    @Test
    void partsAreTheShapleyValuesCountedOutOverAllSubsets() {
        Trials.of(40, random -> {
            List<Tree> trees = RandomForests.trees(random, 3, 6, random.nextBoolean());
            double[] row = RandomForests.row(random);
            double[] parts = TreeShap.of(ensemble(trees, 1)).contributions(row, 0);
            for (int input = 0; input < INPUTS; input++) {
                double counted = 0;
                for (Tree tree : trees) {
                    counted += counted(tree, row, input);
                }
                assertThat(parts[input]).isCloseTo(counted, within(CLOSE));
            }
        });
    }

    @Test
    void partsAndBiasAddUpToTheMargin() {
        Trials.of(60, random -> {
            Ensemble ensemble =
                    ensemble(RandomForests.trees(random, 1 + random.nextInt(30), 9, random.nextBoolean()), 3);
            double[] row = RandomForests.row(random);
            double margin = TreeModel.of(ensemble, TreeShap.explainer(ensemble))
                    .predict(row, Deadline.NONE)
                    .margins()[0];
            double sum =
                    Arrays.stream(TreeShap.of(ensemble).contributions(row, 0)).sum();
            assertThat(sum).isCloseTo(margin, within(CLOSE));
        });
    }

    @Test
    void anExplainerGivesAPartForEachInputByTheTreePath() {
        Trials.of(5, random -> {
            Ensemble ensemble = ensemble(RandomForests.trees(random, 5, 4, true), 1);
            double[] row = RandomForests.row(random);
            TreeModel model = TreeModel.of(ensemble, TreeShap.explainer(ensemble));
            assertThat(model.explainer().orElseThrow().method()).isEqualTo(Contributions.Method.TREE_PATH);
            assertThat(model.explainer().orElseThrow().parts(row))
                    .containsExactly(Arrays.copyOf(TreeShap.of(ensemble).contributions(row, 0), INPUTS));
        });
    }

    @Test
    void treesThatDoNotSayHowMuchDataReachedThemHaveNoExplainer() {
        TreeBuilder builder = TreeBuilder.of(3);
        builder.split(0, 0, Rule.LESS, 1, true);
        builder.children(0, 1, 2);
        builder.leaf(1, 0, 1);
        builder.leaf(2, 1, 2);
        Ensemble ensemble = ensemble(List.of(builder.build(0, INPUTS)), 1);
        assertThat(TreeShap.explainer(ensemble)).isEmpty();
        assertThatThrownBy(() -> TreeShap.of(ensemble))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("how much data reached its nodes: NaN");
    }

    /// The weighted mean of what knowing the input adds, over every subset of the others.
    private static double counted(Tree tree, double[] row, int input) {
        double total = 0;
        for (int known = 0; known < 1 << INPUTS; known++) {
            if ((known & 1 << input) == 0) {
                int size = Integer.bitCount(known);
                double weight = factorial(size) * factorial(INPUTS - size - 1) / factorial(INPUTS);
                total += weight * (mean(tree, 0, row, known | 1 << input) - mean(tree, 0, row, known));
            }
        }
        return total;
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
                / tree.cover(node);
    }

    private static double factorial(int n) {
        return n < 2 ? 1 : n * factorial(n - 1);
    }
}
