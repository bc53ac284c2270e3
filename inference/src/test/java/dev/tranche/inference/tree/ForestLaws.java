package dev.tranche.inference.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.inference.Trials;
import java.util.Arrays;
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
            Forest.Desk desk = forest.desk(1);
            desk.read(row, 0, row.length, 1);
            desk.slots(0, 0, 30, all);
            int from = random.nextInt(30);
            int to = from + random.nextInt(30 - from) + 1;
            int[] some = new int[to - from];
            desk.slots(0, from, to, some);
            for (int t = from; t < to; t++) {
                assertThat(some[t - from]).isEqualTo(all[t]);
            }
        });
    }

    @Test
    void aBatchAddsForEveryRowWhatTheTreesSayInTheirOrder() {
        Trials.of(20, random -> {
            int count = 1 + random.nextInt(40);
            List<Tree> trees = RandomForests.trees(random, count, deepest(), random.nextBoolean());
            Forest forest = forest(trees);
            float[] floats = new float[forest.slots()];
            double[] doubles = new double[forest.slots()];
            for (int slot = 0; slot < forest.slots(); slot++) {
                if (forest.tree(slot) >= 0) {
                    doubles[slot] = trees.get(forest.tree(slot)).value(forest.node(slot));
                    floats[slot] = (float) doubles[slot];
                }
            }
            int rows = 1 + random.nextInt(ROWS);
            double[] vectors = RandomForests.rows(random, rows, trees);
            Forest.Desk desk = forest.desk(rows);
            desk.read(vectors, 0, RandomForests.FEATURES, rows);
            float[] narrow = new float[rows];
            double[] wide = new double[rows];
            int from = random.nextInt(count + 1);
            desk.add(rows, from, count, floats, narrow);
            desk.add(rows, from, count, doubles, wide);
            for (int r = 0; r < rows; r++) {
                double[] row =
                        Arrays.copyOfRange(vectors, r * RandomForests.FEATURES, (r + 1) * RandomForests.FEATURES);
                float expectedFloat = 0;
                double expected = 0;
                for (Tree tree : trees.subList(from, count)) {
                    expectedFloat += (float) tree.value(tree.find(row));
                    expected += tree.value(tree.find(row));
                }
                assertThat(narrow[r]).isEqualTo(expectedFloat);
                assertThat(wide[r]).isEqualTo(expected);
            }
        });
    }

    @Test
    void rowsOnAndBesideEveryThresholdEndWhereTheTreeSays() {
        Trials.of(20, random -> {
            List<Tree> trees = RandomForests.trees(random, 12, deepest(), random.nextBoolean());
            Forest forest = forest(trees);
            int[] slots = new int[12];
            Forest.Desk desk = forest.desk(1);
            for (double[] row : RandomForests.beside(random, trees)) {
                desk.read(row, 0, row.length, 1);
                desk.slots(0, 0, 12, slots);
                for (int t = 0; t < 12; t++) {
                    assertThat(forest.node(slots[t])).isEqualTo(trees.get(t).find(row));
                }
            }
        });
    }

    private void check(RandomGenerator random, int count) {
        List<Tree> trees = RandomForests.trees(random, count, deepest(), random.nextBoolean());
        Forest forest = forest(trees);
        int[] slots = new int[count];
        Forest.Desk desk = forest.desk(1);
        for (int i = 0; i < ROWS; i++) {
            double[] row = RandomForests.row(random);
            desk.read(row, 0, row.length, 1);
            desk.slots(0, 0, count, slots);
            for (int t = 0; t < count; t++) {
                assertThat(forest.tree(slots[t])).isEqualTo(t);
                assertThat(forest.node(slots[t])).isEqualTo(trees.get(t).find(row));
            }
        }
    }
}
