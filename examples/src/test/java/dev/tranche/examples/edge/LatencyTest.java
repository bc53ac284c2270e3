package dev.tranche.examples.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class LatencyTest {
    @Test
    void aQuantileIsATimeThatWasMeasured() {
        Latency latency = new Latency("calls", 200);
        for (int time = 100; time >= 1; time--) {
            latency.add(time);
        }
        assertThat(latency.at(0.50)).isEqualTo(50);
        assertThat(latency.at(0.99)).isEqualTo(99);
        assertThat(latency.at(1)).isEqualTo(100);
        assertThat(latency.at(0)).isEqualTo(1);
    }

    @Test
    void nothingMeasuredIsNoNumber() {
        assertThatIllegalStateException().isThrownBy(() -> new Latency("calls", 1).at(0.5));
    }
}
