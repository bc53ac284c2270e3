package dev.tranche.market.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantileTest {
    private static final double[] SORTED = {1, 2, 4, 8, 99};

    @Test
    void liesBetweenTheTwoNearestValues() {
        assertThat(Quantile.ofSorted(SORTED, 4, 0)).isEqualTo(1);
        assertThat(Quantile.ofSorted(SORTED, 4, 0.5)).isEqualTo(3);
        assertThat(Quantile.ofSorted(SORTED, 4, 0.9)).isCloseTo(6.8, within(1e-12));
        assertThat(Quantile.ofSorted(SORTED, 4, 1)).isEqualTo(8);
    }

    @Test
    void aShapeOfTheFirstValuesLeavesTheRestOut() {
        Shape shape = Shape.of(SORTED, 4);
        assertThat(shape.mean()).isEqualTo(3.75);
        assertThat(shape.deviation()).isEqualTo(Math.sqrt(28.75 / 3));
        assertThat(Shape.of(new double[] {5, 5}, 2).skewness()).isNaN();
        assertThatThrownBy(() -> Shape.of(SORTED, 6)).hasMessage("count must be within 1..5: 6");
    }
}
