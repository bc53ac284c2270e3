package dev.tranche.inference.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.Trials;
import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.RandomForests;
import dev.tranche.inference.tree.Rule;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeBuilder;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeShapLawsTest extends TreeShapLaws {
    @Override
    double[] contributions(Ensemble ensemble, double[] row, int margin) {
        return TreeShap.of(ensemble).contributions(row, margin);
    }

    @Test
    void theFastWalkAgreesWithThePublishedAlgorithmOnDeepTrees() {
        Trials.of(60, random -> {
            Ensemble ensemble = Ensembles.of(RandomForests.trees(random, 10, 25, random.nextBoolean()), 1);
            double[] row = RandomForests.row(random);
            double[] known = ReadableTreeShap.of(ensemble).contributions(row, 0);
            assertThat(contributions(ensemble, row, 0)).containsExactly(known, within(1e-9));
        });
    }

    @Test
    void anExplainerGivesAPartForEachInputAndItsBase() {
        Ensemble ensemble = Ensembles.of(List.of(stump(10, 30)), 1);
        Explainer explainer = TreeShap.explainer(ensemble).orElseThrow();
        assertThat(explainer.method()).isEqualTo(Contributions.Method.TREE_PATH);
        assertThat(explainer.reference()).isEqualTo("training sample, by the cover of the trees");
        assertThat(explainer.base(0)).isEqualTo(0.5 + 1.75);
        assertThat(explainer.parts(new double[Ensembles.INPUTS]))
                .containsExactly(new double[] {-0.75, 0, 0, 0, 0, 0}, within(1e-12));
    }

    @Test
    void aWalkIsUsedAgainWithoutAllocation() {
        Trials.of(1, random -> {
            Ensemble ensemble = Ensembles.of(RandomForests.trees(random, 40, 8, true), 1);
            TreeShap.Walk walk = TreeShap.of(ensemble).walk();
            double[] row = RandomForests.row(random);
            double[] parts = new double[Ensembles.INPUTS + 1];
            for (int i = 0; i < 20_000; i++) {
                walk.contributions(row, 0, parts);
            }
            com.sun.management.ThreadMXBean threads =
                    (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                walk.contributions(row, 0, parts);
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
            assertThat(parts).containsExactly(contributions(ensemble, row, 0));
        });
    }

    @Test
    void aTreeOfOneLeafSaysNothingOfAnyInput() {
        TreeBuilder leaf = TreeBuilder.of(1);
        leaf.leaf(0, 0, 2);
        Ensemble ensemble = Ensembles.of(List.of(leaf.build(0, Ensembles.INPUTS), stump(1, 1)), 1);
        double[] parts = TreeShap.of(ensemble).contributions(new double[Ensembles.INPUTS], 0);
        assertThat(parts).containsExactly(new double[] {-0.5, 0, 0, 0, 0, 0, 0.5 + 2 + 1.5}, within(1e-12));
    }

    @Test
    void aSplitThatNoDataReachedIsEven() {
        Ensemble ensemble = Ensembles.of(List.of(stump(0, 0)), 1);
        double[] parts = TreeShap.of(ensemble).contributions(new double[Ensembles.INPUTS], 0);
        assertThat(parts).containsExactly(new double[] {-0.5, 0, 0, 0, 0, 0, 2}, within(1e-12));
    }

    @Test
    void aSideThatNoDataTookKeepsThePartsFinite() {
        Ensemble ensemble = Ensembles.of(List.of(stump(0, 5)), 1);
        double[] parts = TreeShap.of(ensemble).contributions(new double[Ensembles.INPUTS], 0);
        assertThat(parts).containsExactly(new double[] {-1, 0, 0, 0, 0, 0, 2.5}, within(1e-12));
    }

    @Test
    void anExplanationGivesUpAtItsDeadline() {
        Explainer explainer =
                TreeShap.explainer(Ensembles.of(List.of(stump(1, 1)), 1)).orElseThrow();
        assertThatThrownBy(() -> explainer.parts(new double[Ensembles.INPUTS], 0, () -> true))
                .isInstanceOf(DeadlinePassedException.class);
        assertThat(explainer.parts(new double[Ensembles.INPUTS], 0, Deadline.NONE))
                .hasSize(Ensembles.INPUTS);
    }

    @Test
    void treesThatDoNotSayHowMuchDataReachedThemHaveNoExplainer() {
        Ensemble ensemble = Ensembles.of(List.of(stump(Double.NaN, Double.NaN)), 1);
        assertThat(TreeShap.explainer(ensemble)).isEmpty();
        assertThatThrownBy(() -> TreeShap.of(ensemble))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("how much data reached its nodes: NaN");
    }

    @Test
    void treesDeeperThanALimitHaveNoExplainer() {
        int depth = TreeShap.DEEPEST + 1;
        TreeBuilder builder = TreeBuilder.of(2 * depth + 1);
        for (int i = 0; i < depth; i++) {
            builder.split(2 * i, 0, Rule.LESS, i, true);
            builder.children(2 * i, 2 * i + 1, 2 * i + 2);
            builder.leaf(2 * i + 1, i, i);
            builder.cover(2 * i + 1, 1);
            builder.cover(2 * i + 2, depth - i);
        }
        builder.leaf(2 * depth, depth, depth);
        assertThat(TreeShap.obstacle(Ensembles.of(List.of(builder.build(0, Ensembles.INPUTS)), 1)))
                .contains("a tree must be at most 1024 deep to be explained: 1025");
    }

    @Test
    void aVectorOfAnotherLengthIsRefusedWithItsLength() {
        TreeShap shap = TreeShap.of(Ensembles.of(List.of(stump(1, 1)), 1));
        assertThatThrownBy(() -> shap.contributions(new double[2], 0)).hasMessage("the vector must have 6 values: 2");
        assertThatThrownBy(() -> shap.walk().contributions(new double[6], 0, new double[6]))
                .hasMessage("the parts and the bias need 7 places: 6");
    }

    @Test
    void theRuleOfPointsIntegratesPolynomialsExactly() {
        for (int n : new int[] {1, 2, 4, 8, 16, 64, 128}) {
            Quadrature rule = Quadrature.of(n);
            for (int degree : new int[] {0, 1, n, 2 * n - 1}) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += rule.weight(i) * Math.pow(rule.point(i), degree);
                }
                assertThat(sum).isCloseTo(1.0 / (degree + 1), within(1e-13));
            }
            assertThat(Arrays.asList(rule.point(0), rule.point(n - 1))).allMatch(point -> point > 0 && point < 1);
        }
    }

    /// `x0 < 0.5` goes left to 1, else right to 2.
    private static Tree stump(double left, double right) {
        TreeBuilder builder = TreeBuilder.of(3);
        builder.split(0, 0, Rule.LESS, 0.5, true);
        builder.children(0, 1, 2);
        builder.leaf(1, 0, 1);
        builder.leaf(2, 1, 2);
        builder.cover(1, left);
        builder.cover(2, right);
        return builder.build(0, Ensembles.INPUTS);
    }
}
