package dev.tranche.inference.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Precision;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.Scorer;
import dev.tranche.inference.Trials;
import dev.tranche.inference.link.DoubleLink;
import dev.tranche.inference.link.FloatLink;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TreeModelTest {
    static Ensemble ensemble(List<Tree> trees) {
        return ensemble(trees, Precision.FLOAT, 1, 1);
    }

    private static Ensemble ensemble(List<Tree> trees, Precision precision, int groups, int divisor) {
        return new Ensemble(
                precision,
                IntStream.range(0, RandomForests.FEATURES)
                        .mapToObj(i -> "x" + i)
                        .toList(),
                trees,
                IntStream.range(0, trees.size()).map(t -> t % groups).boxed().toList(),
                Collections.nCopies(groups, 0.25),
                divisor,
                precision == Precision.FLOAT ? FloatLink.SIGMOID : new DoubleLink.Identity(),
                Collections.nCopies(RandomForests.FEATURES, List.of()));
    }

    @Test
    void fastAndReadableAgreeBitForBit() {
        Trials.of(80, random -> {
            boolean xgboost = random.nextBoolean();
            List<Tree> trees = RandomForests.trees(random, 1 + random.nextInt(300), 9, xgboost);
            Ensemble ensemble = ensemble(
                    trees, xgboost ? Precision.FLOAT : Precision.DOUBLE, 1 + random.nextInt(3), xgboost ? 1 : 7);
            TreeModel fast = TreeModel.of(ensemble, Forest.of(trees));
            TreeModel readable = TreeModel.of(ensemble, new ReadableForest(trees));
            for (int i = 0; i < 20; i++) {
                double[] row = RandomForests.row(random);
                Prediction one = fast.predict(row, Deadline.NONE);
                Prediction other = readable.predict(row, Deadline.NONE);
                assertThat(one.margins()).containsExactly(other.margins());
                assertThat(one.outputs()).containsExactly(other.outputs());
                assertThat(fast.leaves(row)).containsExactly(readable.leaves(row));
            }
        });
    }

    @Test
    void everyLayoutAndEveryBatchGivesTheSameBits() {
        Trials.of(15, random -> {
            boolean xgboost = random.nextBoolean();
            List<Tree> trees = RandomForests.trees(random, 1 + random.nextInt(200), 5, xgboost);
            int groups = 1 + random.nextInt(2);
            TreeModel model = TreeModel.of(
                    ensemble(trees, xgboost ? Precision.FLOAT : Precision.DOUBLE, groups, xgboost ? 1 : 7),
                    Optional.empty());
            int rows = random.nextInt(300);
            double[] vectors = RandomForests.rows(random, rows, trees);
            double[] expected = new double[rows * groups];
            double[] outputs = new double[rows * groups];
            TreeModel readable = model.in(Layout.READABLE);
            for (int r = 0; r < rows; r++) {
                double[] row =
                        Arrays.copyOfRange(vectors, r * RandomForests.FEATURES, (r + 1) * RandomForests.FEATURES);
                double[] margins = readable.predict(row, Deadline.NONE).margins();
                System.arraycopy(margins, 0, expected, r * groups, groups);
            }
            for (Layout layout : Layout.values()) {
                if (layout.build(trees).isPresent()) {
                    double[] margins = new double[rows * groups];
                    model.in(layout).scorer().predictRows(vectors, rows, Deadline.NONE, margins, outputs);
                    assertThat(margins).as(layout.name()).containsExactly(expected);
                }
            }
        });
    }

    @Test
    void aLayoutThatDoesNotFitIsRefused() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        TreeModel model = TreeModel.of(ensemble(RandomForests.trees(random, 3, 60, true)), Optional.empty());
        assertThatThrownBy(() -> model.in(Layout.PADDED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the layout PADDED does not fit these trees");
    }

    @Test
    void aPassedDeadlineStopsABatchBetweenBlocks() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        List<Tree> trees = RandomForests.trees(random, 500, 4, true);
        Scorer scorer = TreeModel.of(ensemble(trees), Optional.empty()).scorer();
        int rows = 10_000;
        double[] vectors = RandomForests.rows(random, rows, trees);
        int[] asked = {0};
        Deadline late = () -> ++asked[0] == 50;
        assertThatThrownBy(() -> scorer.predictRows(vectors, rows, late, new double[rows], new double[rows]))
                .isInstanceOf(DeadlinePassedException.class);
        assertThat(asked[0]).isEqualTo(50);
    }

    @Test
    void floatsAreAddedInTheOrderOfTheTreesFromTheStart() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        List<Tree> trees = RandomForests.trees(random, 200, 4, true);
        TreeModel model = TreeModel.of(ensemble(trees), Optional.empty());
        double[] row = RandomForests.row(random);
        float sum = 0.25f;
        for (Tree tree : trees) {
            sum += (float) tree.value(tree.find(row));
        }
        assertThat(model.predict(row, Deadline.NONE).margins()).containsExactly((double) sum);
    }

    @Test
    void manyThreadsGetTheAnswersOfOne() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        TreeModel model = TreeModel.of(ensemble(RandomForests.trees(random, 150, 7, true)), Optional.empty());
        List<double[]> rows =
                IntStream.range(0, 64).mapToObj(i -> RandomForests.row(random)).toList();
        double[] alone = rows.stream()
                .mapToDouble(row -> model.predict(row, Deadline.NONE).margins()[0])
                .toArray();
        double[] together = IntStream.range(0, 6_400)
                .parallel()
                .mapToDouble(i -> model.predict(rows.get(i % 64), Deadline.NONE).margins()[0])
                .toArray();
        for (int i = 0; i < together.length; i++) {
            assertThat(together[i]).isEqualTo(alone[i % 64]);
        }
    }

    @Test
    void aPassedDeadlineStopsTheWalkBetweenBlocksOfTrees() {
        List<Tree> trees = RandomForests.trees(
                RandomGeneratorFactory.of("L64X128MixRandom").create(1), 500, 4, true);
        TreeModel model = TreeModel.of(ensemble(trees), Optional.empty());
        int[] asked = {0};
        Deadline third = () -> ++asked[0] == 3;
        assertThatThrownBy(() -> model.predict(new double[RandomForests.FEATURES], third))
                .isInstanceOf(DeadlinePassedException.class)
                .hasMessage("the deadline passed after 256 of 500 trees");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        TreeModel model = TreeModel.of(ensemble(List.of()), Optional.empty());
        assertThatThrownBy(() -> model.predict(new double[2], Deadline.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the vector must have 6 values: 2");
    }

    @Test
    void noTreesAnswerWithTheStart() {
        TreeModel model = TreeModel.of(ensemble(List.of()), Optional.empty());
        assertThat(model.trees()).isZero();
        assertThat(model.predict(new double[RandomForests.FEATURES], Deadline.NONE)
                        .margins())
                .containsExactly(0.25);
    }

    @Test
    void aTreeThatAddsToAMarginThatIsNotThereIsRefused() {
        List<Tree> trees = RandomForests.trees(
                RandomGeneratorFactory.of("L64X128MixRandom").create(1), 2, 2, true);
        assertThatThrownBy(() -> new Ensemble(
                        Precision.FLOAT,
                        List.of("x"),
                        trees,
                        List.of(0, 1),
                        List.of(0.0),
                        1,
                        FloatLink.IDENTITY,
                        List.of(List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a group must be within 0..0: 1");
    }

    @Test
    void aLinearLeafAnswersWithItsRegressionUnlessAFeatureIsMissing() {
        TreeBuilder builder = TreeBuilder.of(1);
        builder.leaf(0, 0, 9);
        builder.linear(List.of(new LinearLeaf(1, List.of(0, 2), List.of(2.0, 3.0))));
        List<Tree> trees = List.of(builder.build(0, RandomForests.FEATURES));
        TreeModel model = TreeModel.of(ensemble(trees, Precision.DOUBLE, 1, 1), Optional.empty());
        assertThat(model.predict(new double[] {10, 0, 100, 0, 0, 0}, Deadline.NONE)
                        .margins())
                .containsExactly(0.25 + 321);
        assertThat(model.predict(new double[] {10, 0, Double.NaN, 0, 0, 0}, Deadline.NONE)
                        .margins())
                .containsExactly(9.25);
    }
}
