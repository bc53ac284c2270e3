package dev.tranche.inference.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.Precision;
import dev.tranche.inference.link.FloatLink;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearModelTest {
    private final LinearModel model = LinearModel.of(
            List.of("a", "b"), List.of(1f, 10f, 2f, 20f, 0.5f, 5f), List.of(100.0, 1000.0), FloatLink.LARGEST_CLASS);

    @Test
    void eachGroupHasItsOwnWeightsAndBias() {
        assertThat(model.predict(new double[] {1, 2}, Deadline.NONE).margins()).containsExactly(105.5, 1055);
        assertThat(model.predict(new double[] {1, 2}, Deadline.NONE).score()).isEqualTo(1);
        assertThat(model.outputs()).isEqualTo(1);
        assertThat(model.margins()).isEqualTo(2);
        assertThat(model.trees()).isZero();
        assertThat(model.inputNames()).containsExactly("a", "b");
        assertThat(model.precision()).isEqualTo(Precision.FLOAT);
    }

    @Test
    void aMissingValueAddsNothing() {
        assertThat(model.predict(new double[] {Double.NaN, 2}, Deadline.NONE).margins())
                .containsExactly(104.5, 1045);
    }

    @Test
    void weightsOfAnotherNumberAreRefused() {
        assertThatThrownBy(() -> LinearModel.of(List.of("a"), List.of(1f), List.of(0.0), FloatLink.IDENTITY))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("must have 2 weights: 1");
    }

    @Test
    void misuseIsRefused() {
        assertThatThrownBy(() -> model.predict(new double[1], Deadline.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the vector must have 2 values: 1");
        assertThatThrownBy(() -> model.predict(new double[2], () -> true)).isInstanceOf(DeadlinePassedException.class);
    }

    @Test
    void partsAreTheTermsAndTheBaseTheBias() {
        Explainer explainer = model.explainer().orElseThrow();
        assertThat(explainer.method()).isEqualTo(Contributions.Method.POINTS_BELOW_REFERENCE);
        assertThat(explainer.margins()).isEqualTo(2);
        assertThat(explainer.base(1)).isEqualTo(1005);
        assertThat(explainer.parts(new double[] {Double.NaN, 2}, 1, Deadline.NONE))
                .containsExactly(0, 40);
        assertThatThrownBy(() -> explainer.parts(new double[1], 0, Deadline.NONE))
                .hasMessage("the vector must have 2 values: 1");
    }
}
