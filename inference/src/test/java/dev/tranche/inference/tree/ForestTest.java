package dev.tranche.inference.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class ForestTest {
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(7);

    @Test
    void manyShallowTreesLookTheirAnswersUp() {
        assertThat(Forest.of(RandomForests.trees(random, 200, 3, true))).isInstanceOf(OutcomeForest.class);
    }

    @Test
    void fewShallowTreesKeepTheirThresholds() {
        assertThat(Forest.of(RandomForests.trees(random, 2, 3, true))).isInstanceOf(PaddedForest.class);
    }

    @Test
    void deepTreesOfFewLeavesAreMasks() {
        assertThat(Forest.of(Collections.nCopies(50, chain(40)))).isInstanceOf(MaskForest.class);
    }

    @Test
    void deepTreesOfManyLeavesAreLinked() {
        assertThat(Forest.of(List.of(chain(100)))).isInstanceOf(LinkedForest.class);
    }

    @Test
    void aTreeWithoutASplitFitsEveryLayout() {
        for (Layout layout : Layout.values()) {
            Forest forest = layout.build(List.of(chain(0), chain(0))).orElseThrow();
            int[] slots = new int[2];
            Forest.Desk desk = forest.desk(1);
            desk.read(new double[RandomForests.FEATURES], 0, RandomForests.FEATURES, 1);
            desk.slots(0, 0, 2, slots);
            assertThat(forest.node(slots[1])).isZero();
        }
    }

    @Test
    void numbersAndCodesInOneFeatureAreNotQuantised() {
        TreeBuilder numbers = TreeBuilder.of(3);
        numbers.split(0, 0, Rule.LESS, 1, true);
        numbers.children(0, 1, 2);
        numbers.leaf(1, 0, 1);
        numbers.leaf(2, 1, 2);
        TreeBuilder codes = TreeBuilder.of(3);
        codes.splitSet(0, 0, Rule.IN_SET_RIGHT, new BitSet(), true);
        codes.children(0, 1, 2);
        codes.leaf(1, 0, 1);
        codes.leaf(2, 1, 2);
        assertThat(Bins.of(List.of(numbers.build(0, 1), codes.build(1, 1)))).isNull();
    }

    @Test
    void aChainOfTenThousandSplitsIsWalkedToItsEnd() {
        Tree chain = chain(10_000);
        TreeModel model = TreeModel.of(TreeModelTest.ensemble(List.of(chain)), Forest.of(List.of(chain)));
        double[] row = new double[RandomForests.FEATURES];
        row[0] = 20_000;
        assertThat(model.leaves(row)).containsExactly(10_000);
        row[0] = 5_000.5;
        assertThat(model.leaves(row)).containsExactly(5_000);
    }

    @Test
    void setsThatWouldNeedHugeTablesAreWalkedAsTheFileTellsThem() {
        List<Tree> trees = new ArrayList<>();
        for (int t = 0; t < 30; t++) {
            BitSet codes = new BitSet();
            codes.set(500_000 + t);
            TreeBuilder tree = TreeBuilder.of(3);
            tree.splitSet(0, 0, Rule.IN_SET_RIGHT, codes, true);
            tree.children(0, 1, 2);
            tree.leaf(1, 0, 1);
            tree.leaf(2, 1, 2);
            trees.add(tree.build(t, RandomForests.FEATURES));
        }
        assertThat(Forest.of(trees)).isInstanceOf(ReadableForest.class);
    }

    private static Tree chain(int length) {
        TreeBuilder tree = TreeBuilder.of(2 * length + 1);
        for (int i = 0; i < length; i++) {
            tree.split(2 * i, 0, Rule.LESS, i + 1, true);
            tree.children(2 * i, 2 * i + 1, 2 * i + 2);
            tree.leaf(2 * i + 1, i, i);
        }
        tree.leaf(2 * length, length, -1);
        return tree.build(0, RandomForests.FEATURES);
    }
}
