package dev.tranche.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WrkTest {
    @Test
    void theResultLineBecomesRatesAndMicroseconds() {
        Wrk.Load load = Wrk.Load.parse("Running 5s test\nRESULT 150000 5000000 812 4100 9000 1 2\n");
        assertThat(load).isEqualTo(new Wrk.Load(30_000, 812, 4100, 9000, 1, 2));
    }

    @Test
    void generatorsSideBySideAddTheirRatesAndKeepTheWorstLatency() {
        Wrk.Load one = new Wrk.Load(700, 10, 30, 40, 0, 1);
        Wrk.Load two = new Wrk.Load(800, 12, 20, 50, 2, 0);
        assertThat(one.and(two)).isEqualTo(new Wrk.Load(1500, 12, 30, 50, 2, 1));
    }

    @Test
    void anOutputWithoutAResultIsAnErrorThatShowsTheOutput() {
        assertThatThrownBy(() -> Wrk.Load.parse("unable to connect")).hasMessageContaining("unable to connect");
    }
}
