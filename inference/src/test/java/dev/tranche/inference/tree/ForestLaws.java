package dev.tranche.inference.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.inference.Trials;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What every forest keeps: the leaf in which the tree itself ends, for every row and every tree.
abstract class ForestLaws {
    private static final int ROWS = 40;

    /// The forest under test, for trees of at most this depth.
    abstract Forest forest(List<Tree> trees);

    abstract int deepest();

    @Test
    void everyRowEndsInTheLeafOfTheReadableTree() {
        Trials.of(60, random -> check(random, 1 + random.nextInt(40)));
    }

    @Test
    void oneTreeIsAForestToo() {
        Trials.of(60, random -> check(random, 1));
    }

    @Test
    void aBlockMayBeginAtAnyTree() {
        Trials.of(20, random -> {
            List<Tree> trees = RandomForests.trees(random, 30, deepest(), random.nextBoolean());
            Forest forest = forest(trees);
            double[] row = RandomForests.row(random);
            int[] all = new int[30];
            forest.start(row).slots(0, 30, all);
            int from = random.nextInt(30);
            int to = from + random.nextInt(30 - from) + 1;
            int[] some = new int[to - from];
            forest.start(row).slots(from, to, some);
            for (int t = from; t < to; t++) {
                assertThat(some[t - from]).isEqualTo(all[t]);
            }
        });
    }

    private void check(RandomGenerator random, int count) {
        List<Tree> trees = RandomForests.trees(random, count, deepest(), random.nextBoolean());
        Forest forest = forest(trees);
        int[] slots = new int[count];
        for (int i = 0; i < ROWS; i++) {
            double[] row = RandomForests.row(random);
            forest.start(row).slots(0, count, slots);
            for (int t = 0; t < count; t++) {
                assertThat(forest.tree(slots[t])).isEqualTo(t);
                assertThat(forest.node(slots[t])).isEqualTo(trees.get(t).find(row));
            }
        }
    }
}
