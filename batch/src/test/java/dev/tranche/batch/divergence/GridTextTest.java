package dev.tranche.batch.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.divergence.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridTextTest {
    @Test
    void theSeedsGridHasTwentySevenSets() {
        List<Parameters> sets = GridText.SEED.sets(Parameters.SEED);
        assertThat(sets).hasSize(27).doesNotHaveDuplicates();
        assertThat(sets.getFirst().swingL()).isEqualTo(8);
        assertThat(sets.getLast().zMid()).isEqualTo(.8);
        assertThat(sets).allSatisfy(set -> assertThat(set.warmup()).isEqualTo(Parameters.SEED.warmup()));
    }

    @Test
    void theOrderOfTheSidesDoesNotMatter() {
        assertThat(GridText.parse(List.of("z_hi=2,3", "swing_L=5,6")).sets(Parameters.SEED))
                .isEqualTo(GridText.parse(List.of("swing_L=5,6", "z_hi=2,3")).sets(Parameters.SEED));
    }

    @Test
    void mistakesAreToldWithTheValue() {
        assertThatThrownBy(() -> GridText.parse(List.of("swing=5"))).hasMessageContaining("known are swing_L");
        assertThatThrownBy(() -> GridText.parse(List.of("swing_L"))).hasMessageContaining("NAME=VALUE");
        assertThatThrownBy(() -> GridText.parse(List.of("swing_L=5,x"))).hasMessageContaining("no number: x");
        assertThatThrownBy(() -> GridText.parse(List.of("swing_L=5,5"))).hasMessageContaining("twice");
        assertThatThrownBy(() -> GridText.parse(List.of("swing_L=5", "swing_L=6")))
                .hasMessageContaining("once");
        assertThatThrownBy(() -> GridText.parse(List.of("swing_L=0"))).hasMessageContaining("1..200");
        assertThatThrownBy(() -> GridText.parse(List.of("z_hi=1", "z_mid=1")).sets(Parameters.SEED))
                .hasMessageContaining("z_mid must be below");
    }
}
