package dev.tranche.market.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Trials;
import dev.tranche.market.divergence.Liquidity;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiquidityGaugeTest {

    @Test
    void judgesByTheMedianOfWhatCameBefore() {
        Trials.of(5, chance -> {
            double[] turnover = chance.doubles(2600).toArray();
            double[] activity = new double[turnover.length];
            LiquidityGauge gauge = LiquidityGauge.fresh();
            for (int bar = 0; bar < turnover.length; bar++) {
                Optional<Liquidity> found = gauge.on(turnover[bar]);
                int first = LiquidityGauge.SPAN - 1;
                if (bar < first) {
                    assertThat(found).isEmpty();
                    continue;
                }
                activity[bar] =
                        Arrays.stream(turnover, bar - first, bar + 1).average().orElseThrow();
                int known = Math.min(bar - first, LiquidityGauge.WINDOW);
                if (known < LiquidityGauge.NEEDED) {
                    assertThat(found).isEmpty();
                } else if (bar % 50 == 0) {
                    double[] before = Arrays.copyOfRange(activity, bar - known, bar);
                    Arrays.sort(before);
                    double median = (before[(known - 1) / 2] + before[known / 2]) / 2;
                    assertThat(found).contains(activity[bar] > median ? Liquidity.ACTIVE : Liquidity.QUIET);
                }
            }
        });
    }

    @Test
    void aMarketThatNeverChangesIsQuiet() {
        LiquidityGauge gauge = LiquidityGauge.fresh();
        Optional<Liquidity> last = Optional.empty();
        for (int bar = 0; bar < 400; bar++) {
            last = gauge.on(5);
        }
        assertThat(last).contains(Liquidity.QUIET);
        for (int bar = 0; bar < LiquidityGauge.SPAN; bar++) {
            last = gauge.on(6);
        }
        assertThat(last).contains(Liquidity.ACTIVE);
    }
}
