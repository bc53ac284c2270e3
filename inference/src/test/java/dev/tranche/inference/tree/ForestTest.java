package dev.tranche.inference.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class ForestTest {
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(7);

    @Test
    void shallowTreesArePadded() {
        assertThat(Forest.of(RandomForests.trees(random, 20, 3, true))).isInstanceOf(PaddedForest.class);
    }

    @Test
    void aTreeLikeAChainIsLinked() {
        assertThat(Forest.of(List.of(chain(40)))).isInstanceOf(LinkedForest.class);
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
