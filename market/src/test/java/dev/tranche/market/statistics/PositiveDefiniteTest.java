package dev.tranche.market.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.junit.jupiter.api.Test;

class PositiveDefiniteTest {
    private static Array2DRowRealMatrix of(double a, double b, double d) {
        return new Array2DRowRealMatrix(new double[][] {{a, b}, {b, d}});
    }

    @Test
    void theInverseIsExactInAnyUnits() {
        double[][] inverse =
                PositiveDefinite.inverse(of(4e20, 2e10, 5)).orElseThrow().getData();

        assertThat(inverse[0][0]).isCloseTo(5 / 16e20, within(1e-34));
        assertThat(inverse[0][1]).isCloseTo(-2e10 / 16e20, within(1e-25));
        assertThat(inverse[1][1]).isCloseTo(0.25, within(1e-14));
    }

    @Test
    void whatIsNotPositiveDefiniteHasNone() {
        assertThat(PositiveDefinite.inverse(of(1, 2, 1))).isEmpty();
        assertThat(PositiveDefinite.inverse(of(1, 1, 1))).isEmpty();
        assertThat(PositiveDefinite.inverse(of(-1, 0, 1))).isEmpty();
        assertThat(PositiveDefinite.inverse(of(0, 0, 1))).isEmpty();
        assertThat(PositiveDefinite.inverse(of(Double.NaN, 0, 1))).isEmpty();
    }
}
