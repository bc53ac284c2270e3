package dev.tranche.credit.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DiscriminationTest {

    @Test
    void scoresThatSeparateEverythingReachOne() {
        Discrimination found =
                Discrimination.of(new double[] {0.1, 0.2, 0.8, 0.9}, new boolean[] {false, false, true, true});
        assertThat(found.auc()).isEqualTo(1);
        assertThat(found.gini()).isEqualTo(1);
        assertThat(found.ks()).isEqualTo(1);
        assertThat(found.ksScore()).isEqualTo(0.2);
    }

    @Test
    void scoresThatAreAllTheSameSeparateNothing() {
        Discrimination found = Discrimination.of(new double[] {0.3, 0.3, 0.3}, new boolean[] {false, true, false});
        assertThat(found.auc()).isEqualTo(0.5);
        assertThat(found.ks()).isZero();
    }

    @Test
    void oneClassAloneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Discrimination.of(new double[] {0.1, 0.9}, new boolean[] {false, false}))
                .withMessageContaining("2 good, 0 bad");
    }
}
