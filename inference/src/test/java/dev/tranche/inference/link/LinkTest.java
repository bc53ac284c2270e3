package dev.tranche.inference.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinkTest {
    @Test
    void theLargestClassIsTheFirstOfEquals() {
        assertThat(FloatLink.LARGEST_CLASS.outputs(new double[] {1, 3, 3})).containsExactly(1);
        assertThat(FloatLink.LARGEST_CLASS.outputs(3)).isEqualTo(1);
    }

    @Test
    void hingeIsOneOnlyAboveZero() {
        assertThat(FloatLink.HINGE.outputs(new double[] {-1, 0, 1e-9})).containsExactly(0, 0, 1);
    }

    @Test
    void quantilesDoNotCross() {
        assertThat(FloatLink.SORTED.outputs(new double[] {3, 1, 2})).containsExactly(1, 2, 3);
    }

    @Test
    void probabilitiesOfClassesSumToOne() {
        for (Link link : List.of(FloatLink.SOFTMAX, new DoubleLink.Softmax())) {
            double[] outputs = link.outputs(new double[] {1000, 999, -1000});
            assertThat(outputs[0] + outputs[1] + outputs[2]).isBetween(1 - 1e-6, 1 + 1e-6);
            assertThat(outputs[0]).isGreaterThan(outputs[1]);
        }
    }

    @Test
    void marginsStayAsTheyWere() {
        double[] margins = {1, -2};
        for (FloatLink link : FloatLink.values()) {
            link.outputs(margins);
        }
        for (Link link : List.of(
                new DoubleLink.Identity(), new DoubleLink.Exp(), new DoubleLink.Softplus(), new DoubleLink.Softmax())) {
            assertThat(link.outputs(margins)).hasSize(link.outputs(2)).isNotSameAs(margins);
        }
        assertThat(margins).containsExactly(1, -2);
    }

    @Test
    void aSquareKeepsItsSign() {
        assertThat(new DoubleLink.SignedSquare().outputs(new double[] {-3, 2})).containsExactly(-9, 4);
    }

    @Test
    void theScaleOfASigmoidIsInsideTheExponent() {
        assertThat(new DoubleLink.Sigmoid(2).outputs(new double[] {1})[0]).isEqualTo(1 / (1 + StrictMath.exp(-2)));
        assertThatThrownBy(() -> new DoubleLink.Sigmoid(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sigmoid must be above 0: 0.0");
    }

    @Test
    void softplusIsTheLogarithmOfOnePlusExp() {
        assertThat(new DoubleLink.Softplus().outputs(new double[] {0})[0]).isEqualTo(StrictMath.log1p(1));
    }
}
