package dev.tranche.credit.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StabilityTest {

    private static final long SEED = 42;

    /// Four fifths zero, the rest spread out.
    private static double[] mostlyZero(int n) {
        Random random = new Random(SEED);
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextDouble() < 0.8 ? 0 : random.nextDouble() * 100;
        }
        return values;
    }

    @Test
    void theSameSampleDoesNotDrift() {
        double[] sample = new Random(SEED).doubles(1000).toArray();
        assertThat(Stability.of(sample, 10).index(sample)).isEqualTo(0, within(1e-12));
    }

    @Test
    void aFeatureThatIsMostlyZeroShowsNoDriftWhereThereIsNone() {
        // The usual recipe, with expected shares assumed equal, reports 0.786 here: an alert about nothing.
        double[] sample = mostlyZero(5000);
        double[] later = mostlyZero(5000);
        assertThat(Stability.of(sample, 10).index(later)).isLessThan(0.001);
    }

    @Test
    void theZerosAreABinOfTheirOwn() {
        Stability stability = Stability.of(mostlyZero(5000), 10);
        assertThat(stability.edges()[0]).isZero();
        double[] gone = Arrays.stream(mostlyZero(5000))
                .map(value -> value == 0 ? 50 : value)
                .toArray();
        assertThat(stability.index(gone)).isGreaterThan(1);
    }

    @Test
    void valuesBeyondTheReferenceAreCounted() {
        double[] sample = new Random(SEED).doubles(2000).toArray();
        double[] half = new Random(SEED + 1).doubles(2000).toArray();
        for (int i = 0; i < 1000; i++) {
            half[i] += 1000;
        }
        assertThat(Stability.of(sample, 10).index(half)).isGreaterThan(1);
        double[] below = Arrays.stream(half).map(value -> -value).toArray();
        assertThat(Stability.of(sample, 10).index(below)).isGreaterThan(1);
    }

    @Test
    void aFeatureThatWasConstantDriftsWhenItMoves() {
        double[] constant = new double[500];
        double[] moved = new double[500];
        Arrays.fill(moved, 3);
        Stability stability = Stability.of(constant, 10);
        assertThat(stability.index(constant)).isEqualTo(0, within(1e-12));
        assertThat(stability.index(moved)).isGreaterThan(1);
    }

    @Test
    void missingValuesHaveABinOfTheirOwn() {
        double[] sample = new Random(SEED).doubles(1000).toArray();
        double[] gaps = sample.clone();
        Arrays.fill(gaps, 0, 300, Double.NaN);
        Stability stability = Stability.of(sample, 10);
        assertThat(stability.index(gaps)).isGreaterThan(0.5);
        assertThat(Stability.of(gaps, 10).index(gaps)).isEqualTo(0, within(1e-12));
    }

    @Test
    void aSampleThatIsAllMissingIsStillMeasured() {
        double[] missing = new double[100];
        Arrays.fill(missing, Double.NaN);
        assertThat(Stability.of(missing, 10).index(missing)).isZero();
        assertThat(Stability.of(missing, 10).index(new double[100])).isGreaterThan(1);
    }

    @Test
    void nothingMeasuredIsNotStability() {
        Stability stability = Stability.of(new double[] {1, 2, 3}, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stability.index(new double[0]))
                .withMessageContaining("empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stability.of(new double[0], 10))
                .withMessageContaining("empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stability.of(new double[] {1}, 1))
                .withMessageContaining("bins must be within 2..100: 1");
    }
}
