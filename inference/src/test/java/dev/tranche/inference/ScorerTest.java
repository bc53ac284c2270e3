package dev.tranche.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.tranche.inference.format.ModelFile;
import dev.tranche.inference.format.Rounds;
import dev.tranche.inference.transform.Calibration;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScorerTest {
    private static final double[] VECTORS = {1, 2, 0.3, Double.NaN, -5, 7};

    /// Sums its two inputs; a negative sum is refused.
    private record Sum() implements Model {
        @Override
        public List<String> inputNames() {
            return List.of("a", "b");
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public int margins() {
            return 1;
        }

        @Override
        public Precision precision() {
            return Precision.DOUBLE;
        }

        @Override
        public int trees() {
            return 0;
        }

        @Override
        public Prediction predict(double[] vector, Deadline deadline) {
            double sum = vector[0] + vector[1];
            return new Prediction(new double[] {sum}, new double[] {1 / (1 + StrictMath.exp(-sum))});
        }
    }

    /// LightGBM, as many trees of depth 2 on two features as asked for.
    private static Model trees(int count) {
        String tree = """
                num_leaves=4
                num_cat=0
                split_feature=0 1 1
                split_gain=1 1 1
                threshold=0.5 1.5 2.5
                decision_type=8 10 8
                left_child=1 -1 -2
                right_child=2 -3 -4
                leaf_value=0.25 -0.5 0.125 0.75
                leaf_count=1 1 1 1
                internal_count=4 2 2
                is_linear=0
                shrinkage=1

                """;
        String header = """
                tree
                version=v4
                num_class=1
                num_tree_per_iteration=1
                label_index=0
                max_feature_idx=1
                objective=binary sigmoid:1
                feature_names=a b
                feature_infos=[0:1] [0:1]

                """;
        String text = header
                + IntStream.range(0, count)
                        .mapToObj(i -> "Tree=" + i + "\n" + tree)
                        .collect(Collectors.joining())
                + "end of trees\n";
        return ModelFile.read("lightgbm", text.getBytes(StandardCharsets.UTF_8), Rounds.all());
    }

    @Test
    void aBatchIsItsRowsOneByOneForEveryModel() {
        Model shifted = Calibrated.of(new Sum(), new Calibration.PriorShift(0.5), OutputKind.PROBABILITY);
        for (Model model : List.of(new Sum(), shifted, trees(40))) {
            double[] margins = new double[3];
            double[] outputs = new double[3];
            float[] narrow = new float[VECTORS.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (float) VECTORS[i];
            }
            Scorer scorer = model.scorer();
            double[] one = new double[1];
            double[] oneOutput = new double[1];
            scorer.predictRows(VECTORS, 3, Deadline.NONE, margins, outputs);
            for (int row = 0; row < 3; row++) {
                double[] vector = {VECTORS[2 * row], VECTORS[2 * row + 1]};
                Prediction prediction = model.predict(vector, Deadline.NONE);
                scorer.predict(vector, Deadline.NONE, one, oneOutput);
                assertThat(prediction.margins()).containsExactly(margins[row]).containsExactly(one);
                assertThat(prediction.outputs()).containsExactly(outputs[row]).containsExactly(oneOutput);
            }
            double[] fromFloats = new double[3];
            scorer.predictRows(narrow, 3, Deadline.NONE, fromFloats, outputs);
            assertThat(fromFloats[0]).isEqualTo(margins[0]);
            assertThat(fromFloats[2]).isEqualTo(margins[2]);
        }
    }

    @Test
    void aModelOfTreesAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Model calibrated = Calibrated.of(trees(200), new Calibration.Platt(1.5, 0.1), OutputKind.PROBABILITY);
        for (Model model : List.of(trees(200), calibrated)) {
            Scorer scorer = model.scorer();
            double[] margins = new double[3];
            double[] outputs = new double[3];
            double[] row = {0.3, 2};
            long least = Long.MAX_VALUE;
            for (int trial = 0; trial < 20; trial++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 100; i++) {
                    scorer.predict(row, Deadline.NONE, margins, outputs);
                    scorer.predictRows(VECTORS, 3, Deadline.NONE, margins, outputs);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).isZero();
        }
    }

    @Test
    void arraysThatAreTooShortAreRefused() {
        Scorer scorer = trees(1).scorer();
        double[] three = new double[3];
        assertThatThrownBy(() -> scorer.predictRows(new double[5], 3, Deadline.NONE, three, three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the vectors of 3 rows must have at least 6 values: 5");
        assertThatThrownBy(() -> scorer.predictRows(new double[6], 3, Deadline.NONE, new double[2], three))
                .hasMessage("the margins of 3 rows must have at least 3 values: 2");
        assertThatThrownBy(() -> scorer.predictRows(new float[6], 3, Deadline.NONE, three, new double[1]))
                .hasMessage("the outputs of 3 rows must have at least 3 values: 1");
        assertThatThrownBy(() -> scorer.predictRows(new double[6], -1, Deadline.NONE, three, three))
                .hasMessage("rows must be at least 0: -1");
        assertThatThrownBy(() -> scorer.predict(new double[3], Deadline.NONE, three, three))
                .hasMessage("the vector must have 2 values: 3");
    }

    @Test
    void aPassedDeadlineEndsABatchOfAnyModel() {
        double[] three = new double[3];
        for (Model model : List.of(new Sum(), trees(3))) {
            assertThatThrownBy(() -> model.scorer().predictRows(VECTORS, 3, () -> true, three, three))
                    .isInstanceOf(DeadlinePassedException.class);
        }
    }
}
