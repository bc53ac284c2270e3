package dev.tranche.batch.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.inference.Precision;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which printed numbers say their bits, and how far an answer is from them.
class BitsTest {
    private static boolean said(Precision precision, String... cells) {
        return Bits.said(Stream.of(cells).map(List::of).toList(), List.of(0), precision);
    }

    @Test
    void theShortestFormOfANumberSaysItsBits() {
        assertThat(said(Precision.FLOAT, "0.1", "0.33333334")).isTrue();
        assertThat(said(Precision.DOUBLE, "0.5", "0.3333333333333333")).isTrue();
        assertThat(said(Precision.DOUBLE, "1e-300", "-1.2345678901234567e5")).isTrue();
    }

    @Test
    void aFloatPrintedAsADoubleSaysItsBits() {
        assertThat(said(Precision.FLOAT, Double.toString(1 / 3f))).isTrue();
        assertThat(said(Precision.FLOAT, "0.3333333333333333")).isFalse();
    }

    @Test
    void aRoundedColumnDoesNot() {
        assertThat(said(Precision.FLOAT, "0.333333", "0.25")).isFalse();
        assertThat(said(Precision.FLOAT, "0.33333334", "0.333333333")).isFalse();
        assertThat(said(Precision.DOUBLE, "0.33333334")).isFalse();
        assertThat(said(Precision.DOUBLE, "0.3333333333333333", "NaN")).isFalse();
    }

    @Test
    void distancesCountTheNumbersBetween() {
        assertThat(Bits.between(0.1f, "0.1", Precision.FLOAT)).isZero();
        assertThat(Bits.between(Math.nextUp(0.1f), "0.1", Precision.FLOAT)).isOne();
        assertThat(Bits.between(-0.0, "0.0", Precision.DOUBLE)).isZero();
        assertThat(Bits.between(Double.MIN_VALUE, "-4.9e-324", Precision.DOUBLE))
                .isEqualTo(2);
        assertThat(Bits.between(-1, "1", Precision.DOUBLE)).isEqualTo(2 * Double.doubleToLongBits(1));
    }
}
