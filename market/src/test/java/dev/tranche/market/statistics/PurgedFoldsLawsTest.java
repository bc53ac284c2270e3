package dev.tranche.market.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.Trials;
import java.util.List;
import org.junit.jupiter.api.Test;

class PurgedFoldsLawsTest {

    @Test
    void noOutcomeOfThePastReachesWithinTheEmbargoOfATest() {
        Trials.of(200, chance -> {
            long from = chance.nextLong(-1000, 1000);
            long purge = chance.nextLong(20);
            long embargo = chance.nextLong(20);
            int folds = chance.nextInt(1, 9);
            long to = from + (folds + 1) * (purge + embargo + 1) + chance.nextLong(500);
            List<PurgedFolds> all = PurgedFolds.walkForward(from, to, folds, purge, embargo);
            assertThat(all).hasSize(folds);
            for (long time = from; time < to; time++) {
                int tested = 0;
                for (PurgedFolds fold : all) {
                    if (fold.trains(time)) {
                        assertThat(time + purge + embargo).isLessThan(fold.testFrom());
                    }
                    assertThat(fold.trains(time) && fold.tests(time)).isFalse();
                    tested += fold.tests(time) ? 1 : 0;
                }
                assertThat(tested)
                        .as("tests of %d", time)
                        .isEqualTo(time < all.getFirst().testFrom() ? 0 : 1);
            }
        });
    }

    @Test
    void refusesStretchesThatArePurgedAway() {
        assertThatThrownBy(() -> PurgedFolds.walkForward(0, 30, 2, 5, 5))
                .hasMessageContaining("longer than purge and embargo, 10: 10");
        assertThatThrownBy(() -> PurgedFolds.walkForward(0, 30, 0, 5, 5)).hasMessageContaining("at least 1");
    }
}
