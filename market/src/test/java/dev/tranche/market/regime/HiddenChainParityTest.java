package dev.tranche.market.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The umbrella world (S. Russell, P. Norvig, Artificial Intelligence, chapter on probabilistic reasoning
/// over time) with the numbers that hmmlearn's own tests hold (src/hmmlearn/tests/test_base.py).
class HiddenChainParityTest {
    private static final double[] START = logs(0.5, 0.5);
    private static final double[][] MOVE = {logs(0.7, 0.3), logs(0.3, 0.7)};
    private static final double[][] SEEN = {
        logs(0.9, 0.2), logs(0.9, 0.2), logs(0.1, 0.8), logs(0.9, 0.2), logs(0.9, 0.2)
    };

    private static double[] logs(double... values) {
        return Arrays.stream(values).map(Math::log).toArray();
    }

    @Test
    void theForwardFilterGivesThePublishedProbabilities() {
        double[][] filtered = new double[5][];
        double likelihood = HiddenChain.filter(START, MOVE, SEEN, filtered);

        assertThat(likelihood).isCloseTo(-3.3725, within(5e-5));
        double[][] joint = {{.4500, .1000}, {.3105, .0410}, {.0230, .0975}, {.0408, .0150}, {.0298, .0046}};
        for (int t = 0; t < 5; t++) {
            double first = joint[t][0] / (joint[t][0] + joint[t][1]);
            assertThat(Math.exp(filtered[t][0])).isCloseTo(first, within(2e-3));
        }
    }

    @Test
    void smoothingGivesThePublishedPosteriors() {
        HiddenChain.Smoothed smoothed = HiddenChain.smooth(START, MOVE, SEEN);

        double[] first = {.8673, .8204, .3075, .8204, .8673};
        for (int t = 0; t < 5; t++) {
            assertThat(smoothed.state()[t][0]).isCloseTo(first[t], within(5e-5));
        }
        assertThat(Arrays.stream(smoothed.moves())
                        .flatMapToDouble(Arrays::stream)
                        .sum())
                .isCloseTo(4, within(1e-12));
    }

    @Test
    void theMostLikelyPathIsThePublishedOne() {
        assertThat(HiddenChain.path(START, MOVE, SEEN)).containsExactly(0, 0, 1, 0, 0);
    }
}
